import { db } from "@/lib/db/client";
import { keptSince } from "@/lib/retention/rules";
import { Prisma } from "@/prisma/generated/client";

/**
 * Mails whose outcome is this old. One that a change waits for says whether it may be approved, so it stays
 * until then.
 */
export const oldMails = (
  since: Date,
) => Prisma.sql`mail m WHERE m.state IN ('SENT', 'FAILED') AND m.done_at < ${since}
  AND NOT EXISTS (SELECT FROM proposal p WHERE p.mail_id = m.id AND p.state = 'WAITING')`;

/** Forgets some of the mails whose outcome is 90 days old. @returns how many */
export async function forgetOldMails(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM mail WHERE id IN (
      SELECT m.id FROM ${oldMails(keptSince("email", now))}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
