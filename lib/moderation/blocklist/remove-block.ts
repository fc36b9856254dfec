import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { announceChange, BLOCKS_TAG } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";
import { enqueueRecheck } from "@/lib/jobs/queue";

/**
 * Takes a rule off the blocklist. What it put on hold goes back soon to where it would be, unless another rule names it.
 * The audit log keeps who did that and when, and not the rule's text: it may name somebody, and the log is for ever.
 * Repeating it does no harm.
 * @throws DomainError `forbidden`
 */
export async function removeBlock({
  admin,
  id,
  now,
}: {
  admin: Admin;
  id: string;
  now: Date;
}): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "blocklist.edit");
    const rule = await tx.blockRule.findUnique({ where: { id } });
    const { count } = await tx.blockRule.deleteMany({ where: { id } });
    if (!rule || count === 0) return;
    const details = { kind: rule.kind, rule: id };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "block.remove", details });
    await announceChange(tx, BLOCKS_TAG);
    await enqueueRecheck(tx, { what: "block", ruleId: id });
  });
}
