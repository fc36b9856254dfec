import { SignatureState, type SuppressionReason } from "@/prisma/generated/enums";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** After how many failures in a row a provider counts as down. */
export const DOWN_AFTER = 3;
/** For how long it is tried to deliver a mail; then it is given up, and an administrator sees it. */
const DELIVERY_DAYS = 4;

/**
 * For how long a call may be made again under its key: https://resend.com/docs/dashboard/emails/idempotency-keys
 * says 24 hours; our clocks and the way there get one of them.
 */
const KEY_HOURS = 23;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;
const SHORTEST_DEFERRAL_MS = 15_000;

/**
 * How long a provider is left alone after it failed: 2 s, then twice as long each time, 5 minutes at most, or as long
 * as it asked for.
 * @param failures in a row, this one included
 * @param retryAfterSeconds what the provider asked for
 * @param chance from 0 to 1, so that not everybody comes back at once
 * @returns milliseconds
 */
export function providerPause(
  failures: number,
  retryAfterSeconds: number | undefined,
  chance: number,
): number {
  const own = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(failures - 1, 0), LONGEST_PAUSE_MS);
  const asked = (retryAfterSeconds ?? 0) * 1_000;
  return Math.round(Math.max(own * (0.75 + chance / 2), asked * (1 + chance / 4)));
}

/**
 * How long a mail waits that its own mail server did not take now: half its age, 15 s at least and an hour at most.
 * @param chance from 0 to 1
 * @returns milliseconds
 */
export function mailDeferral(queuedAt: Date, now: Date, chance: number): number {
  const half = (now.getTime() - queuedAt.getTime()) / 2;
  return Math.round(Math.min(Math.max(half, SHORTEST_DEFERRAL_MS), HOUR_MS) * (0.75 + chance / 2));
}

export const deliveryDeadline = (now: Date) => new Date(now.getTime() - DELIVERY_DAYS * 24 * HOUR_MS);

/** The time before which a call was made whose key the provider may have forgotten by now. */
export const keyDeadline = (now: Date) => new Date(now.getTime() - KEY_HOURS * HOUR_MS);

/** With what the code of a mail begins whose mailbox does not exist; the server's own code follows. */
export const NO_MAILBOX = "no-mailbox-";

/** The code of a mail of which nobody knows whether the provider took it. */
export const UNKNOWN = "unknown";

/** The codes of mails that we ourselves cannot create: what they need cannot be decrypted, or their template fails. */
export const UNREADABLE = "unreadable";
export const UNRENDERED = "unrendered";
export const UNCREATED = [UNREADABLE, UNRENDERED] as const;

export const TOO_OLD = "too-old";

/** The code of a mail that was sent, and that an earlier attempt may have sent too. */
export const MAYBE_TWICE = "maybe-twice";

/** The mails that visitors can cause, and that a link in them stops. */
export const STOPPABLE = ["confirm-signature", "signature-standing", "address-confirm", "confirm-objection"];

/** The link to one’s own signatures is only made rarer: nobody may lock the owner out of hiding. */
export const hasStopLink = (message: string) => STOPPABLE.includes(message) || message === "manage-link";

/** Those after which something is shown unless their mailbox stops it: one that bounced has not told anybody. */
export const MUST_ARRIVE = ["change-proposed", "show-proposed", "signature-withdrawn"];

/** Those whose link went with them, and whose purpose ends by itself: whoever asked asks again. */
export const LINKS_LOST = ["address-confirm", "address-asked"];

/** Whether an address that bounced, complained or stopped mails still gets a mail: who stopped them gets their own notices. */
export const isKeptFrom = (reason: SuppressionReason, message: string) =>
  reason !== "STOPPED" || STOPPABLE.includes(message);

/** Why a mail was given up, as an administrator understands it. */
export type FailureKind = "mailbox" | "suppressed" | "tooOld" | "address" | "refused" | "ours" | "unknown";

/** @param code as stored with the outcome */
export function failureKind(code: string | null): FailureKind {
  if (code === UNKNOWN) return "unknown";
  if (code === "suppressed") return "suppressed";
  if (code === TOO_OLD) return "tooOld";
  if (code === "invalid-address") return "address";
  if (code?.startsWith(NO_MAILBOX)) return "mailbox";
  return code === UNREADABLE || code === UNRENDERED || code === "invalid-header" ? "ours" : "refused";
}

type FailedMail = {
  message: string;
  resent: boolean;
  /** Null where it is about no signature, or about one whose address is erased. */
  state: SignatureState | null;
  /** Whether its address would not get it. */
  suppressed: boolean;
};

/** Whether a failed mail can be sent again, or why not: it was, nobody wants it any more, or nothing would arrive. */
export function resendable({
  message,
  resent,
  state,
  suppressed,
}: FailedMail): "yes" | "resent" | "over" | "suppressed" {
  if (resent) return "resent";
  const wanted = message === "confirm-signature" ? WANTED.confirmation : WANTED.news;
  if (!state || !wanted.includes(state) || LINKS_LOST.includes(message)) return "over";
  return suppressed ? "suppressed" : "yes";
}

/** The states of a signature in which somebody wants its confirmation, or mails that say how it stands. */
export const WANTED: Record<"confirmation" | "news", SignatureState[]> = {
  confirmation: [SignatureState.PENDING],
  news: [SignatureState.VERIFIED, SignatureState.APPROVED, SignatureState.REJECTED],
};
