import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server";
import { noteMfaFailure } from "@/lib/auth/note-mfa-failure";
import { takeChallenge } from "@/lib/auth/passkeys/challenge";
import { relyingParty } from "@/lib/auth/passkeys/relying-party";
import { personOf, type Session } from "@/lib/auth/sessions";
import { verifySession } from "@/lib/auth/verify-session";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

type Mfa = { session: Session; answer: AuthenticationResponseJSON; now: Date };

const KEY = { id: true, credentialId: true, publicKey: true, counter: true, transports: true } as const;

/**
 * Proves the second factor of a session with a passkey of its administrator.
 * @returns the new value of the session's cookie
 * @throws DomainError `stale` without a ceremony under way, `invalid` for an answer that does not hold or another's
 * passkey, `too-many-failures` where that ended the session, `conflict` where the session has ended or the passkey was
 * removed or used meanwhile
 */
export async function verifyByPasskey({ session, answer, now }: Mfa): Promise<string> {
  const expectedChallenge = await takeChallenge(session, now);
  const where = { credentialId: answer.id, adminId: personOf(session).id };
  const key = await db.adminPasskey.findFirst({ where, select: KEY });
  const counter = key && (await verifiedCounter(answer, expectedChallenge, key));
  if (!key || counter === null) {
    await noteMfaFailure(session, "passkey", now);
    throw new DomainError("invalid");
  }
  return db.$transaction(async (tx) => {
    const { count } = await tx.adminPasskey.updateMany({
      where: { id: key.id, counter: key.counter },
      data: { counter, usedAt: now },
    });
    if (count === 0) throw new DomainError("conflict");
    return verifySession(tx, session, "passkey", now);
  });
}

type Key = { credentialId: string; publicKey: Uint8Array; counter: bigint };

/**
 * Checks the answer, also that the authenticator's own counter has not gone back, as a copied one's would.
 * @returns the new counter; null for an answer that does not hold
 */
async function verifiedCounter(response: AuthenticationResponseJSON, expectedChallenge: string, key: Key) {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty();
  const publicKey = new Uint8Array(key.publicKey);
  const credential = { id: key.credentialId, publicKey, counter: Number(key.counter) };
  const asked = { response, expectedChallenge, expectedOrigin, expectedRPID, credential };
  const settings = { ...asked, requireUserVerification: false };
  const verification = await verifyAuthenticationResponse(settings).catch(() => null);
  return verification?.verified ? BigInt(verification.authenticationInfo.newCounter) : null;
}
