import { adminById } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { deploymentKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";

/** Reads what an invitation says. @returns null for somebody who is no administrator any more */
export async function invitationMail({
  message,
  adminId,
  locale,
}: Extract<NewMail, { message: "admin-invitation" }>): Promise<ReadyMail | null> {
  const admin = await adminById(adminId, db);
  if (!admin) return null;
  return {
    to: admin.address,
    key: deploymentKey(),
    recipient: null,
    locale,
    letters: [],
    content: {
      message,
      role: admin.role,
      reach: admin.letters?.length ?? null,
      link: `${env().publicUrl}${localePath(locale, "/admin/sign-in")}`,
      secondFactor: env().secondFactorRequired,
    },
  };
}
