import type { Admin } from "@/lib/auth/admin";
import { isFresh } from "@/lib/auth/rules";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";

declare const fresh: unique symbol;

/** An administrator who has proved the second factor just now. Whatever decides who gets in takes no other. */
export type FreshAdmin = Admin & { readonly [fresh]: true };

/**
 * The administrator of a session that was proved just now: a session left open, or its stolen cookie, is not enough to
 * stay in for good or to let others in.
 * @throws DomainError `not-fresh` where the proof is too long ago, `forbidden` in half a session
 */
export function freshAdmin({ admin, proof }: Session, now: Date): FreshAdmin {
  if (!admin) throw new DomainError("forbidden");
  if (!isFresh(proof, now)) throw new DomainError("not-fresh");
  return admin as FreshAdmin;
}
