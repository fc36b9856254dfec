import { writeAudit } from "@/lib/audit/write-audit";
import { assertStillMay } from "@/lib/auth/assert-may";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { byAdmin } from "@/lib/auth/context";
import { hasOwner, lockOwners } from "@/lib/auth/team/lock-owners";
import { memberBefore } from "@/lib/auth/team/member-before";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { endPreviewsOf } from "@/lib/letters/previews/end-previews";

type Removed = { admin: ConfirmedAdmin; id: string; now: Date };

/**
 * Lets an owner take an administrator's right back. Ends their sessions and links to drafts at once. Passkeys
 * and codes go too: anyone invited again begins anew.
 * @throws DomainError `last` where nobody would own the site, `not-found`, `forbidden`, also for one whom the
 * configuration names
 */
export async function removeAdmin({ admin, id, now }: Removed): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockOwners(tx);
    await assertStillMay(tx, admin, "team.manage");
    await memberBefore(tx, id);
    await tx.admin.update({ where: { id }, data: { granted: false }, select: { id: true } });
    if (!(await hasOwner(tx))) throw new DomainError("last");
    const theirs = { where: { adminId: id } };
    await tx.adminSession.deleteMany(theirs);
    await tx.adminPasskey.deleteMany(theirs);
    await tx.adminRecoveryCode.deleteMany(theirs);
    const details = { subject: id };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "admin.revoke", details });
    await endPreviewsOf(tx, byAdmin(admin, now), id);
  });
}
