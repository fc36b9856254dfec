import { adminById } from "@/lib/auth/admin";
import { noteMfaFailure } from "@/lib/auth/note-mfa-failure";
import { codeHash } from "@/lib/auth/recovery/code-hash";
import { readCode } from "@/lib/auth/recovery/rules";
import { personOf, type Session } from "@/lib/auth/sessions";
import { verifySession } from "@/lib/auth/verify-session";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/**
 * Proves the second factor of a session with a recovery code, and uses the code up.
 * @returns the new value of the session's cookie; null for what is none of the administrator's unused codes
 * @throws DomainError `conflict` where the session has ended, `forbidden` where the right was taken away,
 * `too-many-failures` where this one ended the session
 */
export async function verifyByCode(session: Session, typed: string, now: Date): Promise<string | null> {
  const adminId = personOf(session).id;
  const code = readCode(typed);
  const token = code && (await takeCode(session, codeHash(adminId, code), now));
  if (!token) await noteMfaFailure(session, "code", now);
  return token;
}

function takeCode(session: Session, hash: string, now: Date): Promise<string | null> {
  const adminId = personOf(session).id;
  return db.$transaction(async (tx) => {
    const { count } = await tx.adminRecoveryCode.updateMany({
      where: { adminId, hash, usedAt: null },
      data: { usedAt: now },
    });
    if (count === 0) return null;
    if (!(await adminById(adminId, tx))) throw new DomainError("forbidden");
    return verifySession(tx, session, "code", now);
  });
}
