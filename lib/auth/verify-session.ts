import { writeAudit } from "@/lib/audit/write-audit";
import { personOf, type Session } from "@/lib/auth/sessions";
import type { Tx } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";

/**
 * Makes a session whole, or proves one anew. Its cookie's value changes with it, so that one which was seen before is
 * worth nothing.
 * @throws DomainError `conflict` where the session has ended meanwhile
 */
export async function verifySession(
  tx: Tx,
  session: Session,
  by: "passkey" | "code",
  now: Date,
): Promise<string> {
  const { token, hash } = createToken();
  const { count } = await tx.adminSession.updateMany({
    where: { id: session.id },
    data: { tokenHash: hash, mfaVerifiedAt: now, seenAt: now, mfaFailures: 0 },
  });
  if (count === 0) throw new DomainError("conflict");
  const { id } = personOf(session);
  await writeAudit(tx, { at: now, actor: "ADMIN", adminId: id, action: "admin.prove", details: { by } });
  return token;
}
