import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { erasePerson } from "@/lib/signatures/erase-person";
import { statesBefore } from "@/lib/signatures/rules";

const BATCH = 200;

/**
 * Ends the pending signatures whose time is over, and erases the persons behind them.
 * @returns how many lapsed; call again until none does
 * @throws what the first failure was, where nothing could be done but fail: one signature's trouble is not the others'
 */
export async function lapseSignatures({ now }: { now: Date }): Promise<number> {
  const due = await db.signature.findMany({
    where: { state: { in: statesBefore("lapse") }, lapsesAt: { lte: now } },
    orderBy: { lapsesAt: "asc" },
    select: { id: true, letterId: true },
    take: BATCH,
  });
  const results: PromiseSettledResult<void>[] = [];
  for (const signature of due) {
    results.push(...(await Promise.allSettled([db.$transaction((tx) => lapse(tx, signature, now))])));
  }
  const failed = results.filter((result) => result.status === "rejected");
  if (failed[0] && failed.length === due.length) throw failed[0].reason;
  return due.length - failed.length;
}

async function lapse(tx: Tx, { id, letterId }: { id: string; letterId: string }, now: Date): Promise<void> {
  const { count } = await tx.signature.updateMany({
    where: { id, state: { in: statesBefore("lapse") }, lapsesAt: { lte: now } },
    data: { state: "EXPIRED" },
  });
  if (count === 0) return;
  await erasePerson(tx, id);
  await writeAudit(tx, { at: now, actor: "SYSTEM", action: "signature.lapse", letterId, signatureId: id });
}
