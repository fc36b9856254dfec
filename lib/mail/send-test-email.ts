import { exceeds } from "@/lib/abuse/limits/limiter";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { type Admin, encryptAdminAddress } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";

/**
 * Sends an owner a mail that shows how the site's mails arrive: to their own address, and to no other.
 * @throws DomainError `forbidden`, `too-many` beyond some in an hour
 */
export async function sendTestEmail(admin: Admin, locale: string): Promise<void> {
  assertMay(admin, "site.edit");
  if (await exceeds(LIMITS.testEmails, admin.id)) throw new DomainError("too-many");
  await db.$transaction((tx) =>
    enqueueMail(tx, { message: "test-email", encryptedAddress: encryptAdminAddress(admin.address), locale }),
  );
}
