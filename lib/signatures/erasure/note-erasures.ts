import { db, type Tx } from "@/lib/db/client";
import { log } from "@/lib/ops/log/log";
import { appendErased } from "@/lib/signatures/erasure/erased-file";

const BATCH = 500;

/**
 * Notes outside the database who was erased, so that a restored backup can be rid of them. To be called after the
 * commit; what is not on the disk yet stays in the database for the next call of any process.
 * @returns how many were noted
 * @throws what the file system says
 */
export async function noteErasures(): Promise<number> {
  // Mostly nobody was, and then a busy database must not cause an alarm.
  const waits = await db.erasure.findFirst({
    where: { noted: false, hash: { not: null } },
    select: { id: true },
  });
  if (!waits) return 0;
  for (let noted = 0; ; ) {
    const batch = await db.$transaction(noteBatch);
    noted += batch;
    if (batch < BATCH) return noted;
  }
}

/** Two processes note different ones; if one dies before its commit, they are in the file twice, which is harmless. */
async function noteBatch(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string; hash: string }[]>`
    SELECT id, hash FROM erasure WHERE NOT noted AND hash IS NOT NULL ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
  if (rows.length === 0) return 0;
  await appendErased(rows.map(({ hash }) => hash));
  const ids = rows.map(({ id }) => id);
  await tx.erasure.updateMany({ where: { id: { in: ids } }, data: { noted: true } });
  return rows.length;
}

/** The same for those who have done their own work by then: a failure is logged, and housekeeping tries again. */
export async function tryToNoteErasures(): Promise<void> {
  await noteErasures().catch((error: unknown) =>
    log.error("deleted signatures could not be noted outside the database", error),
  );
}
