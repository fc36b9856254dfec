import { freshAdmin } from "@/lib/auth/fresh-admin";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";

/**
 * Whether a session may add a passkey: the first one also half a session, others only one proved just now.
 * @throws DomainError `forbidden` in half a session where there is a passkey, `not-fresh` in one proved too long ago
 */
export function assertMayAdd(session: Session, now: Date): void {
  if (session.admin) freshAdmin(session, now);
  else if (session.proof.passkeys > 0) throw new DomainError("forbidden");
}
