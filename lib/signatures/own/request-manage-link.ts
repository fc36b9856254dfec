import { db, type Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { enqueueMail } from "@/lib/mail/outbox";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { takeOwnMail } from "@/lib/signatures/mail-allowance";
import { CONFIRMED } from "@/lib/signatures/own/manage-link";

/** To how many spellings of one address a link is sent: each that signed gets its own. */
const MOST = 5;

/**
 * Has a link to one's own signatures sent to each spelling of an address that has confirmed one, and tells nobody which. One
 * that waits already serves for this one too. Who has stopped emails gets one a day.
 * @param email as typed; any spelling of the same mailbox
 */
export async function requestManageLink({ email, now }: { email: string; now: Date }): Promise<void> {
  const rows = await db.signature.findMany({
    where: { addressHash: addressHash(email), state: { in: [...CONFIRMED] }, key: { isNot: null } },
    orderBy: { submittedAt: "desc" },
    distinct: ["mailboxHash"],
    take: MOST,
    select: { id: true, mailboxHash: true, spellingHash: true },
  });
  for (const row of rows) await db.$transaction((tx) => mailTo(tx, row, now));
  const records = await db.signature.findMany({
    where: { spellingHash: spellingHash(email), address: null, state: "APPROVED", key: { isNot: null } },
    orderBy: { submittedAt: "desc" },
    take: MOST,
    select: { id: true, spellingHash: true },
  });
  for (const record of records)
    await db.$transaction((tx) => mailTo(tx, { ...record, mailboxHash: null }, now, email));
}

/** @param email where only the public record is left: the spelling that signed is known by its hash alone */
async function mailTo(
  tx: Tx,
  { id, mailboxHash, spellingHash }: { id: string; mailboxHash: string | null; spellingHash: string | null },
  now: Date,
  email?: string,
): Promise<void> {
  await lockSignatures(tx, [id]);
  const of = mailboxHash ? { mailboxHash } : { id };
  const waiting = { message: "manage-link", state: "WAITING" as const, signature: of };
  if ((await tx.mail.count({ where: waiting })) > 0) return;
  const stops = { spellingHash: spellingHash ?? "", reason: "STOPPED" as const };
  const stopped = (await tx.suppression.count({ where: stops })) > 0;
  const at = await takeOwnMail(tx, `own:${mailboxHash ?? id}`, now, stopped);
  const encryptedAddress = email && (await encryptFor(tx, id, email));
  const mail = {
    message: "manage-link" as const,
    signatureId: id,
    ...(encryptedAddress && { encryptedAddress }),
  };
  await enqueueMail(tx, mail, { startAfter: at });
}

async function encryptFor(tx: Tx, signatureId: string, email: string): Promise<string> {
  const { wrapped } = await tx.signatureKey.findUniqueOrThrow({ where: { signatureId } });
  return encrypt(decryptDataKey(signatureId, wrapped), "mail.address", email);
}
