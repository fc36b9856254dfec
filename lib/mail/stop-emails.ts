import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { spellingBehind } from "@/lib/mail/stop-links";
import { suppress } from "@/lib/mail/suppress-address";

/** What a link to stop mails would do: `stopped` where it has done so. */
export type BehindStopLink = "ready" | "stopped" | "unknown";

/** Looks behind a link to stop mails, now. Changes nothing. */
export async function behindStopLink(token: string): Promise<BehindStopLink> {
  const spellingHash = await spellingBehind(token, new Date());
  if (!spellingHash) return "unknown";
  const stopped = await db.suppression.count({ where: { spellingHash, reason: "STOPPED" } });
  return stopped > 0 ? "stopped" : "ready";
}

/**
 * Stops the mails that visitors can cause, and news, to the spelling of the address that a link was mailed to. Doing it
 * again changes nothing.
 * @throws DomainError `not-found` for a link that nobody was mailed, or long ago
 */
export async function stopEmails({ token, now }: { token: string; now: Date }): Promise<void> {
  const spellingHash = await spellingBehind(token, now);
  if (!spellingHash) throw new DomainError("not-found");
  await db.$transaction((tx) => suppress(tx, spellingHash, "STOPPED", now));
}
