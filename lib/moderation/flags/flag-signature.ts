import type { Tx } from "@/lib/db/client";
import type { Flag } from "@/lib/moderation/flags/flag-codes";
import { decryptFlagged, FLAGGED_COLUMNS } from "@/lib/moderation/flags/flagged";
import { gatherFacts } from "@/lib/moderation/flags/gather-facts";
import { markBurst } from "@/lib/moderation/flags/mark-burst";
import { flagsOf } from "@/lib/moderation/flags/rules";
import { keepWaitingNames } from "@/lib/moderation/flags/waiting-names";

/**
 * Decides the flags of one signature and stores their codes, in the caller's transaction. Where it belongs to a burst,
 * the others of that burst are marked too.
 * @returns the codes; none where the person was erased
 */
export async function flagSignature(tx: Tx, id: string): Promise<Flag[]> {
  const row = await tx.signature.findUnique({ where: { id }, select: FLAGGED_COLUMNS });
  const flagged = row && decryptFlagged(row);
  if (!flagged) return [];
  const facts = (await gatherFacts(tx, flagged.letterId, [flagged])).get(id);
  const reasons = facts ? flagsOf(facts) : [];
  const flags = reasons.map(({ code }) => code);
  await tx.signature.update({ where: { id }, data: { flags }, select: { id: true } });
  await keepWaitingNames(tx, [flagged]);
  for (const reason of reasons) if (reason.code === "burst") await markBurst(tx, flagged, reason.together);
  return flags;
}
