import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { announceChange, BLOCKS_TAG } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";

/**
 * Takes a rule off the block list. What it set apart stays apart until a moderator releases it; the audit log keeps
 * the rule. Repeating it does no harm.
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
    await assertStillMay(tx, admin, "lists.edit");
    const { count } = await tx.blockRule.deleteMany({ where: { id } });
    if (count === 0) return;
    const details = { rule: id };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "block.remove", details });
    await announceChange(tx, BLOCKS_TAG);
  });
}
