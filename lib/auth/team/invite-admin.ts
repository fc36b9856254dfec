import { writeAudit } from "@/lib/audit/write-audit";
import { adminRow } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { isConfiguredAdmin } from "@/lib/auth/is-admin";
import { adminAddress } from "@/lib/auth/rules";
import { storeReach } from "@/lib/auth/team/store-reach";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { enqueueMail } from "@/lib/mail/outbox";
import type { AdminRole } from "@/prisma/generated/enums";

type Invited = {
  admin: ConfirmedAdmin;
  address: string;
  role: AdminRole;
  /** For which letters, by their ids; for all without. */
  letters?: string[] | null;
  /** Of the mail that tells them. */
  locale?: string;
  now: Date;
};

/**
 * Makes an address an administrator's, by an owner, and tells them by email. From then on it can ask for a sign-in link.
 * @throws DomainError `invalid` for what is no mail address, `conflict` for an administrator's, `forbidden`
 */
export async function inviteAdmin({
  admin,
  address,
  role,
  letters,
  locale = DEFAULT_LOCALE,
  now,
}: Invited): Promise<void> {
  const strict = adminAddress(address);
  if (!strict) throw new DomainError("invalid");
  if (isConfiguredAdmin(strict)) throw new DomainError("conflict");
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "team.manage");
    const { id } = await adminRow(strict, now, tx);
    const { count } = await tx.admin.updateMany({
      where: { id, granted: false },
      data: { granted: true, role },
    });
    if (count === 0) throw new DomainError("conflict");
    const reach = await storeReach(tx, id, role, letters ?? null);
    // What waits already is for them to see when they come.
    await tx.admin.update({
      where: { id },
      data: { noticedAt: now, noticedCount: 0, locale },
      select: { id: true },
    });
    await enqueueMail(tx, { message: "admin-invitation", adminId: id, locale });
    const details = { subject: id, role, letters: reach };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "admin.grant", details });
  });
}
