import type { Admin } from "@/lib/auth/admin";
import { isConfirmed } from "@/lib/auth/rules";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";

declare const confirmed: unique symbol;

/** An administrator who has proved the second factor just now. Whatever decides who gets in takes no other. */
export type ConfirmedAdmin = Admin & { readonly [confirmed]: true };

/**
 * The administrator of a session that was proved just now: a session left open, or its stolen cookie, is not enough to
 * stay in for good or to let others in.
 * @throws DomainError `not-confirmed` where the proof is too long ago, `forbidden` in half a session
 */
export function confirmedAdmin({ admin, mfa }: Session, now: Date): ConfirmedAdmin {
  if (!admin) throw new DomainError("forbidden");
  if (!isConfirmed(mfa, now)) throw new DomainError("not-confirmed");
  return admin as ConfirmedAdmin;
}
