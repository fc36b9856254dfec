import { SignatureState, type SuppressionReason } from "@/prisma/generated/enums";

/** With what the code of a mail begins whose mailbox does not exist; the server's own code follows. */
export const NO_MAILBOX = "no-mailbox-";

/** The code of a mail of which nobody knows whether the provider took it. */
export const UNKNOWN = "unknown";

const DAY_MS = 86_400_000;

/**
 * For how many days an address gets no mail. Mailboxes come back and are given to others, domains are mended; who
 * complained about a mail that somebody else caused may want to sign half a year later.
 */
export const SUPPRESSED_DAYS = { BOUNCED: 180, COMPLAINED: 90 } as const satisfies Partial<
  Record<SuppressionReason, number>
>;

/** The time before which a suppression began that is over now; what somebody stopped stays so until they want it. */
export const suppressionEnds = (reason: keyof typeof SUPPRESSED_DAYS, now: Date) =>
  new Date(now.getTime() - SUPPRESSED_DAYS[reason] * DAY_MS);

/** The mails that visitors can cause: they carry a link that stops them. */
export const STOPPABLE = ["confirm-signature", "signature-standing"];

/** Whether an address that bounced, complained or stopped mails still gets a mail: who stopped them gets their own notices. */
export const isKeptFrom = (reason: SuppressionReason, message: string) =>
  reason !== "STOPPED" || STOPPABLE.includes(message);

/** Why a mail was given up, as an administrator understands it. */
export type FailureKind = "mailbox" | "suppressed" | "tooOld" | "address" | "refused" | "ours" | "unknown";

/** @param code as stored with the outcome */
export function failureKind(code: string | null): FailureKind {
  if (code === UNKNOWN) return "unknown";
  if (code === "suppressed") return "suppressed";
  if (code === "too-old") return "tooOld";
  if (code === "invalid-address") return "address";
  if (code?.startsWith(NO_MAILBOX)) return "mailbox";
  return code === "unreadable" || code === "invalid-header" ? "ours" : "refused";
}

/** What a failed mail was about, as it stands now. */
export type FailedMail = {
  message: string;
  resent: boolean;
  /** Null where it is about no signature, or about one that is erased. */
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
  if (!state || !wanted.includes(state)) return "over";
  return suppressed ? "suppressed" : "yes";
}

/** The states of a signature in which somebody wants its confirmation, or mails that say how it stands. */
export const WANTED: Record<"confirmation" | "news", SignatureState[]> = {
  confirmation: [SignatureState.PENDING],
  news: [SignatureState.VERIFIED, SignatureState.APPROVED, SignatureState.REJECTED],
};
