import { db } from "@/lib/db/client";
import { keptSince } from "@/lib/retention/rules";

/**
 * Lets some addresses have mail again that bounced or complained long ago: who still does not want it says so again. What
 * moderators were told of a bounce stays with its signatures.
 * @returns how many
 */
export async function forgetOldSuppressions(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM suppression WHERE (spelling_hash, reason) IN (
      SELECT spelling_hash, reason FROM suppression
      WHERE (reason = 'BOUNCED' AND at < ${keptSince("bounced", now)})
        OR (reason = 'COMPLAINED' AND at < ${keptSince("complained", now)})
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
