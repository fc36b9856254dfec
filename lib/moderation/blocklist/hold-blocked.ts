import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { decryptPattern } from "@/lib/moderation/blocklist/encrypted-rule";
import { isBlockable, undecided } from "@/lib/moderation/blocklist/undecided-signatures";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";

/**
 * Puts on hold what a rule of the blocklist names among the signatures that are not decided: those of its addresses,
 * and those of its networks as far as these are still known. What is on hold without a proof of work gets the stronger
 * reason. Repeating it does no harm.
 * @returns how many were put on hold; none where the rule was removed
 */
export async function holdBlocked({ ruleId, now }: { ruleId: string; now: Date }): Promise<number> {
  const rule = await db.blockRule.findUnique({
    where: { id: ruleId },
    select: { kind: true, pattern: true },
  });
  if (!rule) return 0;
  const waiting = undecided({ kind: rule.kind, pattern: decryptPattern(rule.pattern) });
  let count = 0;
  for await (const id of waiting) if (await putOnHold(id, ruleId, now)) count++;
  return count;
}

function putOnHold(id: string, rule: string, now: Date): Promise<boolean> {
  return db.$transaction(async (tx) => {
    // Its removal waits for this, and what takes its work back comes after.
    const there = await tx.$queryRaw<unknown[]>`SELECT 1 FROM block_rule WHERE id = ${rule}::uuid FOR SHARE`;
    if (there.length === 0) return false;
    const [subject] = await lockSubjects(tx, [id]);
    if (!subject || !isBlockable(subject)) return false;
    const after = { hold: "BLOCKED" } as const;
    await applyChange(tx, { subject, action: "signature.block", after, details: { rule } }, bySystem(now));
    return true;
  });
}
