import { decryptAdminAddress } from "@/lib/auth/admin";
import { isAdmin } from "@/lib/auth/is-admin";
import { LINK_MINUTES } from "@/lib/auth/rules";
import { linkWorks } from "@/lib/auth/sign-in-links";
import { decrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";

/**
 * Reads what a sign-in mail says.
 * @returns null for an address that is no administrator's any more, and for a link that is over
 */
export async function signInMail(
  mail: Extract<NewMail, { message: "admin-sign-in" }>,
  now: Date,
): Promise<ReadyMail | null> {
  const address = decryptAdminAddress(mail.encryptedAddress);
  const key = deploymentKey();
  const token = decrypt(key, "admin.token", mail.encryptedToken);
  if (!(await isAdmin(address)) || !(await linkWorks(token, now))) return null;
  const link = `${env().publicUrl}${localePath(mail.locale, `/admin/sign-in/${token}`)}`;
  return {
    to: address,
    key,
    recipient: null,
    locale: mail.locale,
    letters: [],
    content: { message: mail.message, link, linkMinutes: LINK_MINUTES },
  };
}
