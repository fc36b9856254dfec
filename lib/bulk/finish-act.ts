import type { LockedAct } from "@/lib/bulk/held-signatures";
import { nextBulkState } from "@/lib/bulk/rules";
import type { Tx } from "@/lib/db/client";
import { enqueueRecheck } from "@/lib/jobs/queue";

/** Notes that the work of a bulk act, or of undoing it, is done. @param act locked by this transaction */
export async function finishAct(tx: Tx, { id, letterId, state }: LockedAct, now: Date): Promise<void> {
  const next = nextBulkState(state, "finish");
  if (!next) return;
  const times = next === "UNDONE" ? { undoneAt: now } : { doneAt: now };
  await tx.bulkAct.update({ where: { id }, data: { state: next, ...times }, select: { id: true } });
  // Names have left the list, or come back to it, that others resemble.
  await enqueueRecheck(tx, { what: "flags", letterId });
}
