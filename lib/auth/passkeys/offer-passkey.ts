import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
} from "@simplewebauthn/server";
import { confirmedAdmin } from "@/lib/auth/confirmed-admin";
import { keepChallenge } from "@/lib/auth/passkeys/challenge";
import { ALGORITHMS, relyingParty } from "@/lib/auth/passkeys/relying-party";
import { personOf, type Session } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";

/**
 * Begins the ceremony that makes a passkey.
 * @param siteName what the browser's dialogue calls this site
 * @throws DomainError `conflict` where the session has ended, `not-confirmed` in a whole one that was proved too long ago
 */
export async function offerPasskey(
  session: Session,
  siteName: string,
  now: Date,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  if (session.admin) confirmedAdmin(session, now);
  const { id, address } = personOf(session);
  const known = await db.adminPasskey.findMany({
    where: { adminId: id },
    select: { credentialId: true, transports: true },
  });
  const options = await generateRegistrationOptions({
    rpName: siteName,
    rpID: relyingParty().id,
    userID: new Uint8Array(Buffer.from(id.replaceAll("-", ""), "hex")),
    userName: address,
    userDisplayName: address,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
  await keepChallenge(session, options.challenge, now);
  return options;
}
