import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { enqueueMail, type Mailing, type NewMail } from "@/lib/mail/outbox";
import { tokenExpiry } from "@/lib/signatures/rules";
import type { DataKey } from "@/lib/vault/keys";
import { seal } from "@/lib/vault/seal";
import { createToken } from "@/lib/vault/tokens";

/**
 * Makes a confirmation link for a pending signature and queues its mail, in the caller's transaction.
 * @param mailing when the mail may leave; the link's time counts from then
 */
export async function queueConfirmation(
  tx: Tx,
  signatureId: string,
  key: DataKey,
  mailing: Mailing & { startAfter: Date },
): Promise<void> {
  const { token, hash } = createToken();
  await storeToken(tx, signatureId, hash, mailing.startAfter);
  await enqueueMail(tx, confirmationMail(signatureId, key, token), mailing);
}

type Confirmable = { signatureId: string; key: DataKey; mailAt: Date };

/** Makes confirmation links for many pending signatures in one statement. @returns their mails, for the queue */
export async function newConfirmations(
  tx: Tx,
  signatures: Confirmable[],
): Promise<{ mail: NewMail; startAfter: Date }[]> {
  const made = signatures.map((signature) => ({ ...signature, ...createToken() }));
  await tx.signatureToken.createMany({
    data: made.map(({ signatureId, hash, mailAt }) => ({
      id: uuid(),
      signatureId,
      purpose: "CONFIRM",
      hash,
      expiresAt: tokenExpiry(mailAt),
    })),
  });
  return made.map(({ signatureId, key, token, mailAt }) => ({
    mail: confirmationMail(signatureId, key, token),
    startAfter: mailAt,
  }));
}

/** The mail with a link, as it waits in the outbox. */
function confirmationMail(signatureId: string, key: DataKey, token: string): NewMail {
  return { message: "confirm-signature", signatureId, sealedToken: seal(key, "mail.token", token) };
}

/** Stores a confirmation token. @param hash its stored form */
async function storeToken(tx: Tx, signatureId: string, hash: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signature_token (id, signature_id, purpose, hash, expires_at)
    VALUES (${uuid()}::uuid, ${signatureId}::uuid, 'CONFIRM', ${hash}, ${tokenExpiry(now)})`;
}
