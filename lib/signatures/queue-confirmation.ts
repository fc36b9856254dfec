import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { enqueueMail, type Mailing, type MailJob } from "@/lib/jobs/queue";
import { tokenExpiry } from "@/lib/signatures/rules";
import type { DataKey } from "@/lib/vault/keys";
import { seal } from "@/lib/vault/seal";
import { createToken } from "@/lib/vault/tokens";
import { Prisma } from "@/prisma/generated/client";

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
  await tx.$executeRaw(tokenInsert(signatureId, hash, mailing.startAfter));
  await enqueueMail(tx, confirmationMail(signatureId, key, token), mailing);
}

type Confirmable = { signatureId: string; key: DataKey; mailAt: Date };

/** Makes confirmation links for many pending signatures in one statement. @returns their mails, for the queue */
export async function newConfirmations(
  tx: Tx,
  signatures: Confirmable[],
): Promise<{ mail: MailJob; startAfter: Date }[]> {
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

/** The mail with a link, as it waits in the queue. */
export function confirmationMail(signatureId: string, key: DataKey, token: string): MailJob {
  return { message: "confirm-signature", signatureId, sealedToken: seal(key, "mail.token", token) };
}

/**
 * The statement that stores a confirmation token.
 * @param hash the token's stored form
 * @param from rows without which nothing is stored
 */
export function tokenInsert(
  signatureId: string,
  hash: string,
  now: Date,
  from: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO signature_token (id, signature_id, purpose, hash, expires_at)
    SELECT ${uuid()}::uuid, ${signatureId}::uuid, 'CONFIRM'::"TokenPurpose", ${hash}, ${tokenExpiry(now)}::timestamptz ${from}`;
}
