import { addressProblems } from "@/lib/fields/addresses/rules";
import { asciiDomain } from "@/lib/fields/websites/domain";

const MINUTE_MS = 60_000;

/** For how long a mailed sign-in link works. */
export const LINK_MINUTES = 10;
/** For how long an administrator stays signed in at most. */
export const SESSION_HOURS = 12;
export const IDLE_MINUTES = 30;
/** For how long a session may wait for the second factor. */
const HALF_MINUTES = 15;
/** For how long after its proof a session is offered what decides who gets in. */
export const CONFIRMED_MINUTES = 10;
/** For how long it may then be sent. */
const CONFIRMED_FORM_MINUTES = 15;
/** How many wrong passkeys and recovery codes end a session. */
export const MOST_MFA_FAILURES = 5;
/** How many passkeys one administrator may have. */
export const MOST_PASSKEYS = 10;

/** The last request of a session is written down at most this often. */
const SEEN_MS = MINUTE_MS;

/** When a link made now stops working. */
export const linkEnd = (now: Date) => new Date(now.getTime() + LINK_MINUTES * MINUTE_MS);

export const sessionEnd = (now: Date) => new Date(now.getTime() + SESSION_HOURS * 60 * MINUTE_MS);

/** Sessions last seen before this time have idled too long. */
export const idleSince = (now: Date) => new Date(now.getTime() - IDLE_MINUTES * MINUTE_MS);

type SessionTimes = { createdAt: Date; seenAt: Date; expiresAt: Date; mfaVerifiedAt: Date | null };

/**
 * What a session is worth: nothing any more, the pages of the second factor only, or everything that the role allows.
 * Anyone who has a passkey proves it in every session.
 */
export function sessionWorth(
  times: SessionTimes,
  { passkeys, required }: { passkeys: number; required: boolean },
  now: Date,
): "nothing" | "half" | "whole" {
  if (times.expiresAt <= now || times.seenAt <= idleSince(now)) return "nothing";
  if (times.mfaVerifiedAt || !(required || passkeys > 0)) return "whole";
  return now.getTime() - times.createdAt.getTime() < HALF_MINUTES * MINUTE_MS ? "half" : "nothing";
}

/** When a session was begun and proved, and whether its administrator has anything to prove it with. */
export type SessionMfa = { createdAt: Date; mfaVerifiedAt: Date | null; passkeys: number };

/** Whether a session is offered what decides who gets in: passkeys, recovery codes, the team. */
export const offersConfirmed = (mfa: SessionMfa, now: Date) => isVerifiedWithin(CONFIRMED_MINUTES, mfa, now);

export const isConfirmed = (mfa: SessionMfa, now: Date) => isVerifiedWithin(CONFIRMED_FORM_MINUTES, mfa, now);

function isVerifiedWithin(
  minutes: number,
  { createdAt, mfaVerifiedAt, passkeys }: SessionMfa,
  now: Date,
): boolean {
  // Without a passkey the mailed link is all there is to prove.
  const at = passkeys > 0 ? mfaVerifiedAt : createdAt;
  return at !== null && now.getTime() - at.getTime() < minutes * MINUTE_MS;
}

/** Whether it is time to write down that a session was seen. */
export const isSeenAnew = (seenAt: Date, now: Date) => now.getTime() - seenAt.getTime() >= SEEN_MS;

/**
 * The one spelling in which administrators' addresses are compared, stored and written to: NFC, lower case, the domain
 * in ASCII. Unlike the canonical form of signatories' addresses it keeps sub-addresses, dots and compatible characters:
 * an alias or a lookalike of an administrator's address is not an administrator's address.
 * @returns null for what is no mail address
 */
export function adminAddress(text: string): string | null {
  const spelled = text.trim().normalize("NFC").toLowerCase().normalize("NFC");
  const at = spelled.lastIndexOf("@");
  const domain = asciiDomain(spelled.slice(at + 1));
  const address = `${spelled.slice(0, Math.max(at, 0))}@${domain}`;
  return domain && addressProblems(address).length === 0 ? address : null;
}
