import { LINK_COVERS_MS, SECOND_CLICK_MS } from "@/lib/abuse/limits/limits";
import { db, type Tx } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { encrypt } from "@/lib/encryption/encrypt";
import { createDataKey, decryptDataKey } from "@/lib/encryption/keys";
import { createToken } from "@/lib/encryption/tokens";
import { enqueueMail, type Mailing } from "@/lib/mail/outbox";
import { keptSince } from "@/lib/retention/rules";
import { tokenExpiry } from "@/lib/signatures/rules";

// Keys of mailboxes and of signatures are wrapped apart.
const keyName = (mailboxHash: string) => `mailbox:${mailboxHash}`;

export const decryptMailboxKey = (mailboxHash: string, wrapped: string): DataKey =>
  decryptDataKey(keyName(mailboxHash), wrapped);

/** Makes a link to all that waits in a mailbox and queues its mail, in the caller's transaction. */
export async function mailLink(
  tx: Tx,
  mailboxHash: string,
  now: Date,
  mailing: Pick<Mailing, "unchecked"> = {},
): Promise<void> {
  const key = await mailboxKey(tx, mailboxHash);
  const { token, hash } = createToken();
  const link = { tokenHash: hash, mailboxHash, mailedAt: now, expiresAt: tokenExpiry(now) };
  await tx.confirmationLink.createMany({ data: link });
  const encryptedToken = encrypt(key, "mail.token", token);
  await enqueueMail(tx, { message: "confirm-signature", mailboxHash, encryptedToken }, mailing);
}

/** Whether a mailbox was mailed so recently that a repeat is a second click, or of a browser that heard no answer. */
export async function wasJustMailed(tx: Tx, mailboxHash: string, now: Date): Promise<boolean> {
  const mailedAt = { gt: new Date(now.getTime() - SECOND_CLICK_MS) };
  return (await tx.confirmationLink.count({ where: { mailboxHash, mailedAt } })) > 0;
}

/** Whether a link that was mailed shows an entry already, and works. */
export async function isCovered(tx: Tx, { mailboxHash, submittedAt }: Covered, now: Date): Promise<boolean> {
  const mailedAt = { gte: new Date(submittedAt.getTime() - LINK_COVERS_MS) };
  const where = { mailboxHash: mailboxHash ?? "", usedAt: null, expiresAt: { gt: now }, mailedAt };
  return (await tx.confirmationLink.count({ where })) > 0;
}

type Covered = { mailboxHash: string | null; submittedAt: Date };

/**
 * Forgets some of the links that confirmed nothing, once what they showed has expired. One that confirmed something stays as
 * long as its mailbox: when the signature is withdrawn, it still says so. @returns how many
 */
export async function forgetOldConfirmationLinks(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM confirmation_link WHERE token_hash IN (
      SELECT token_hash FROM confirmation_link WHERE expires_at < ${tokenExpiry(keptSince("link", now))} AND used_at IS NULL
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}

async function mailboxKey(tx: Tx, mailboxHash: string): Promise<DataKey> {
  const { wrapped } = createDataKey(keyName(mailboxHash));
  const [row] = await tx.$queryRaw<{ wrapped: string }[]>`
    INSERT INTO mailbox AS m (hash, wrapped) VALUES (${mailboxHash}, ${wrapped})
    ON CONFLICT (hash) DO UPDATE SET wrapped = m.wrapped RETURNING wrapped`;
  return decryptMailboxKey(mailboxHash, row?.wrapped ?? wrapped);
}
