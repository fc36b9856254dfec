import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { erasePerson } from "@/lib/signatures/erase-person";
import { statesBefore } from "@/lib/signatures/rules";

const BATCH = 200;

type Lapsing = { now: Date /** How many make a batch. */; most?: number };

/**
 * Ends a batch of the pending signatures whose time is over, and erases the persons behind them. One signature's trouble
 * is not the others': where a whole batch fails, the next one is tried.
 * @returns how many lapsed; call again until none does
 * @throws what the first failure was, where all that is left failed
 */
export async function lapseSignatures({ now, most = BATCH }: Lapsing): Promise<number> {
  const failures: unknown[] = [];
  for (;;) {
    const due = await db.signature.findMany({
      where: { state: { in: statesBefore("lapse") }, lapsesAt: { lte: now } },
      orderBy: [{ lapsesAt: "asc" }, { id: "asc" }],
      select: { id: true, letterId: true },
      skip: failures.length,
      take: most,
    });
    const before = failures.length;
    for (const signature of due)
      await db.$transaction((tx) => lapse(tx, signature, now)).catch((error) => failures.push(error));
    const lapsed = due.length - (failures.length - before);
    if (lapsed > 0) return lapsed;
    if (due.length > 0) continue;
    if (failures.length > 0) throw failures[0];
    return 0;
  }
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
