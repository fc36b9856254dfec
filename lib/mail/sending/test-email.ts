import { decryptAdminAddress } from "@/lib/auth/admin";
import { isAdmin } from "@/lib/auth/is-admin";
import { deploymentKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";

/** Reads what a test mail says. @returns null for an address that is no administrator's any more */
export async function testEmail(
  mail: Extract<NewMail, { message: "test-email" }>,
): Promise<ReadyMail | null> {
  const address = decryptAdminAddress(mail.encryptedAddress);
  if (!(await isAdmin(address))) return null;
  return {
    to: address,
    key: deploymentKey(),
    recipient: null,
    locale: mail.locale,
    letters: [],
    content: { message: mail.message, link: env().publicUrl },
  };
}
