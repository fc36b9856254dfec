import type { LockedAct } from "@/lib/bulk/held-signatures";
import { nextBulkState } from "@/lib/bulk/rules";
import type { Tx } from "@/lib/db/client";
import { enqueueRecheck } from "@/lib/jobs/queue";

const DAY_MS = 86_400_000;

/** Notes that the work of a bulk act, or of undoing it, is done. @param act locked by this transaction */
export async function finishAct(tx: Tx, act: LockedAct, now: Date): Promise<void> {
  const next = nextBulkState(act.state, "finish");
  if (!next) return;
  const times = next === "UNDONE" ? { undoneAt: now } : { doneAt: now };
  await tx.bulkAct.update({ where: { id: act.id }, data: { state: next, ...times }, select: { id: true } });
  // Names have left the list, or come back to it, that others resemble.
  await enqueueRecheck(tx, { what: "flags", letterId: act.letterId });
  if (next === "UNDONE") await recheckBlocks(tx, act);
}

/**
 * What an act had taken out, a new rule of the block list passed over: now that it is back, the rule is applied again.
 * A rule's own recheck may have come late, so those of the day before the act count too.
 */
async function recheckBlocks(tx: Tx, { createdAt }: LockedAct): Promise<void> {
  const rules = await tx.blockRule.findMany({
    where: { createdAt: { gte: new Date(createdAt.getTime() - DAY_MS) } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  for (const { id } of rules) await enqueueRecheck(tx, { what: "block", ruleId: id });
}
