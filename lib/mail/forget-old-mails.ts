import { db } from "@/lib/db/client";
import { keptSince } from "@/lib/retention/rules";

/** Forgets some of the mails whose outcome is 90 days old. @returns how many */
export async function forgetOldMails(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM mail WHERE id IN (
      SELECT id FROM mail WHERE state IN ('SENT', 'FAILED') AND done_at < ${keptSince("email", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
