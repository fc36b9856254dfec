import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import type { NewMail } from "@/lib/mail/outbox";
import { decryptMailboxKey, mailLink } from "@/lib/signatures/confirmation-link";
import { findLink, shownBy } from "@/lib/signatures/queries";

export type QueuedMail = {
  id: string;
  message: string;
  signatureId: string | null;
  mailboxHash: string | null;
  encryptedToken?: string;
};

/** The mails that were queued and have no outcome yet, oldest first; of a signature, those to its mailbox too. */
export async function queuedMails(signatureId?: string): Promise<QueuedMail[]> {
  const rows = await db.mail.findMany({
    where: { state: "WAITING", ...(signatureId && { OR: [{ signatureId }, await mailboxOf(signatureId)] }) },
    orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, message, signatureId: about, mailboxHash, payload }) => ({
    id,
    message,
    signatureId: about,
    mailboxHash,
    ...(payload as { encryptedToken?: string } | null),
  }));
}

async function mailboxOf(signatureId: string): Promise<{ mailboxHash: string }> {
  const row = await db.signature.findUnique({ where: { id: signatureId }, select: { mailboxHash: true } });
  return { mailboxHash: row?.mailboxHash ?? "none" };
}

/** What a mail that waits is to say. */
export const newMail = ({ id: _, ...mail }: QueuedMail) => mail as NewMail;

/** How many mails limits hold, of those to mailboxes in which something for a letter waits. */
export async function heldMails(letterId?: string): Promise<number> {
  const rows = letterId
    ? await db.signature.findMany({ where: { letterId }, select: { addressHash: true } })
    : [];
  const hashes = rows.flatMap(({ addressHash }) => addressHash ?? []);
  return db.mail.count({ where: { state: "HELD", ...(letterId && { addressHash: { in: hashes } }) } });
}

/** The token of the newest link that waits to be mailed and shows a signature; made where a limit holds its mail. */
export async function queuedToken(signatureId: string): Promise<string> {
  const links: { token: string; mailedAt: Date }[] = [];
  for (const { mailboxHash, encryptedToken } of await queuedMails(signatureId)) {
    const token = mailboxHash && encryptedToken ? await tokenOf(mailboxHash, encryptedToken) : "";
    const link = token ? await findLink(db, token) : null;
    if (!link || link.usedAt) continue;
    if ((await db.signature.count({ where: { id: signatureId, ...shownBy(link) } })) > 0)
      links.push({ token, mailedAt: link.mailedAt });
  }
  // The order of the outbox goes by the database's clock, and tests have a clock of their own.
  const newest = links.sort((one, other) => other.mailedAt.getTime() - one.mailedAt.getTime())[0];
  if (newest) return newest.token;
  const { mailboxHash, submittedAt } = await db.signature.findUniqueOrThrow({ where: { id: signatureId } });
  if (!mailboxHash) throw new Error("nothing waits");
  await db.$transaction((tx) => mailLink(tx, mailboxHash, submittedAt));
  return queuedToken(signatureId);
}

async function tokenOf(mailboxHash: string, encryptedToken: string): Promise<string> {
  const { wrapped } = await db.mailbox.findUniqueOrThrow({ where: { hash: mailboxHash } });
  return decrypt(decryptMailboxKey(mailboxHash, wrapped), "mail.token", encryptedToken);
}

/** The token that was last to be mailed to the new address of a move, or to the old one. */
export async function moveToken(
  signatureId: string,
  about: "address-confirm" | "address-asked" = "address-confirm",
): Promise<string> {
  const waiting = await queuedMails(signatureId);
  const mail = waiting.findLast(({ message }) => message === about);
  const key = await db.signatureKey.findUniqueOrThrow({ where: { signatureId } });
  return decrypt(decryptDataKey(signatureId, key.wrapped), "mail.token", mail?.encryptedToken ?? "");
}

/** Queues so many mails that somebody would await, and of which there is nothing to send. */
export async function queueEmptyMails(count: number): Promise<void> {
  const empty = { message: "confirm-signature", state: "WAITING", priority: 1 } as const;
  const now = new Date();
  await db.mail.createMany({
    data: Array.from({ length: count }, () => ({ ...empty, id: uuid(), queuedAt: now, notBefore: now })),
  });
}
