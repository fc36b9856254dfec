import { SignatureState } from "@/prisma/generated/enums";

/** Why a mail was given up, as an administrator understands it. */
export type FailureKind = "mailbox" | "suppressed" | "tooOld" | "address" | "refused" | "ours";

/** @param code as stored with the outcome */
export function failureKind(code: string | null): FailureKind {
  if (code === "suppressed") return "suppressed";
  if (code === "too-old") return "tooOld";
  if (code === "invalid-address") return "address";
  if (code === "smtp-550" || code === "smtp-551" || code === "smtp-553") return "mailbox";
  return code === "unreadable" || code === "invalid-header" ? "ours" : "refused";
}

/** What a failed mail was about, as it stands now. */
export type FailedMail = {
  message: string;
  resent: boolean;
  /** Null where it is about no signature, or about one that is erased. */
  state: SignatureState | null;
  /** Whether its address bounced or complained meanwhile. */
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
  const wanted = message === "confirm-signature" ? [SignatureState.PENDING] : ALIVE;
  if (!state || !wanted.includes(state)) return "over";
  return suppressed ? "suppressed" : "yes";
}

const ALIVE: SignatureState[] = [SignatureState.VERIFIED, SignatureState.APPROVED, SignatureState.REJECTED];
