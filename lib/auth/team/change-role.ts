import { writeAudit } from "@/lib/audit/write-audit";
import { assertStillMay } from "@/lib/auth/assert-may";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { byAdmin } from "@/lib/auth/context";
import { hasOwner, lockOwners } from "@/lib/auth/team/lock-owners";
import { memberBefore } from "@/lib/auth/team/member-before";
import { storeReach } from "@/lib/auth/team/store-reach";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { endPreviewsOf } from "@/lib/letters/previews/end-previews";
import type { AdminRole } from "@/prisma/generated/enums";

type Changed = {
  admin: ConfirmedAdmin;
  id: string;
  role: AdminRole;
  /** For which letters, by their ids; null for all. Without it that stays as it is. */
  letters?: string[] | null;
  now: Date;
};

/**
 * Lets an owner give an administrator another role, or the same for other letters. Ends their sessions, and
 * their links to drafts of letters that they no longer edit.
 * @throws DomainError `last` where nobody would own the site, `not-found`, `forbidden`, also for one whom the
 * configuration names
 */
export async function changeRole({ admin, id, role, letters, now }: Changed): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockOwners(tx);
    await assertStillMay(tx, admin, "team.manage");
    const before = await memberBefore(tx, id);
    const wanted = letters === undefined ? before.letters : letters;
    if (before.role === role && isSame(before.letters, wanted)) return;
    await tx.admin.update({ where: { id }, data: { role }, select: { id: true } });
    if (!(await hasOwner(tx))) throw new DomainError("last");
    await tx.adminSession.deleteMany({ where: { adminId: id } });
    const reach = await storeReach(tx, id, role, wanted);
    const details = {
      subject: id,
      before: { role: before.role, letters: before.letters?.length ?? "all" },
      after: { role, letters: reach },
    };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "admin.role", details });
    await endPreviewsOf(tx, byAdmin(admin, now), id);
  });
}

const isSame = (one: string[] | null, other: string[] | null) =>
  one === null || other === null
    ? one === other
    : one.length === other.length && one.every((id) => other.includes(id));
