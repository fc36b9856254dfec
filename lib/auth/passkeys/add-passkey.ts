import {
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from "@simplewebauthn/server";
import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import { adminById } from "@/lib/auth/admin";
import { confirmedAdmin } from "@/lib/auth/confirmed-admin";
import { lockAdmin } from "@/lib/auth/lock-admin";
import { takeChallenge } from "@/lib/auth/passkeys/challenge";
import { ALGORITHMS, relyingParty } from "@/lib/auth/passkeys/relying-party";
import { MOST_PASSKEYS } from "@/lib/auth/rules";
import { personOf, type Session } from "@/lib/auth/sessions";
import { verifySession } from "@/lib/auth/verify-session";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";

type Added = { session: Session; answer: RegistrationResponseJSON; name: string; now: Date };

/**
 * Adds the passkey that the browser has made, and so proves the session. Half a session may add the first one only:
 * who has one proves it first, and not long ago.
 * @returns the new value of the session's cookie
 * @throws DomainError `stale` without a ceremony under way, `invalid` for an answer that does not hold, `forbidden` in
 * half a session where there is a passkey, `not-confirmed` in one proved too long ago, `conflict` for a known
 * passkey, one too many, or a session that has ended
 */
export async function addPasskey({ session, answer, name, now }: Added): Promise<string> {
  assertMayAdd(session, now);
  const { credential } = await verified(answer, await takeChallenge(session, now));
  try {
    return await db.$transaction((tx) => store(tx, { session, credential, name, now }));
  } catch (error) {
    // The only unique key here is the credential's own name.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      throw new DomainError("conflict");
    }
    throw error;
  }
}

function assertMayAdd(session: Session, now: Date): void {
  if (session.admin) confirmedAdmin(session, now);
  else if (session.mfa.passkeys > 0) throw new DomainError("forbidden");
}

async function verified(response: RegistrationResponseJSON, expectedChallenge: string) {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty();
  const asked = { response, expectedChallenge, expectedOrigin, expectedRPID };
  const settings = { ...asked, requireUserVerification: false, supportedAlgorithmIDs: ALGORITHMS };
  const verification = await verifyRegistrationResponse(settings).catch(() => null);
  if (!verification?.verified) throw new DomainError("invalid");
  return verification.registrationInfo;
}

type Stored = { session: Session; credential: WebAuthnCredential; name: string; now: Date };

async function store(tx: Tx, { session, credential, name, now }: Stored): Promise<string> {
  const adminId = personOf(session).id;
  await lockAdmin(tx, adminId);
  if (!(await adminById(adminId, tx))) throw new DomainError("forbidden");
  const count = await tx.adminPasskey.count({ where: { adminId } });
  // Of two sessions that make the first one, one may.
  if (count > 0 && session.mfa.passkeys === 0) throw new DomainError("forbidden");
  if (count >= MOST_PASSKEYS) throw new DomainError("conflict");
  const { id: credentialId, publicKey, counter, transports = [] } = credential;
  const key = { credentialId, publicKey: new Uint8Array(publicKey), counter, transports };
  const data = { ...key, id: uuid(), adminId, name, createdAt: now, usedAt: now };
  await tx.adminPasskey.create({ data, select: { id: true } });
  await writeAudit(tx, { at: now, actor: "ADMIN", adminId, action: "admin.passkey-add" });
  return verifySession(tx, session, "passkey", now);
}
