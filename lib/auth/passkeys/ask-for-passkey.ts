import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { keepChallenge } from "@/lib/auth/passkeys/challenge";
import { relyingParty } from "@/lib/auth/passkeys/relying-party";
import { personOf, type Session } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";

/**
 * Begins the ceremony that proves a passkey.
 * @throws DomainError `conflict` where the session has ended
 */
export async function askForPasskey(
  session: Session,
  now: Date,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known = await db.adminPasskey.findMany({
    where: { adminId: personOf(session).id },
    select: { credentialId: true, transports: true },
  });
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: "preferred",
  });
  await keepChallenge(session, options.challenge, now);
  return options;
}
