import { writeAudit } from "@/lib/audit/write-audit";
import { assertStillMay } from "@/lib/auth/assert-may";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { hasOwner, lockOwners } from "@/lib/auth/team/lock-owners";
import { memberBefore } from "@/lib/auth/team/member-before";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { AdminRole } from "@/prisma/generated/enums";

type Changed = { admin: ConfirmedAdmin; id: string; role: AdminRole; now: Date };

/**
 * Gives an administrator another role, by an owner, and ends their sessions.
 * @throws DomainError `last` where nobody would own the site, `not-found`, `forbidden`, also for one whom the
 * configuration names
 */
export async function changeRole({ admin, id, role, now }: Changed): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockOwners(tx);
    await assertStillMay(tx, admin, "team.manage");
    const before = await memberBefore(tx, id);
    if (before.role === role) return;
    await tx.admin.update({ where: { id }, data: { role }, select: { id: true } });
    if (!(await hasOwner(tx))) throw new DomainError("last");
    await tx.adminSession.deleteMany({ where: { adminId: id } });
    const details = { subject: id, before: { role: before.role }, after: { role } };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "admin.role", details });
  });
}
