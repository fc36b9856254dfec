import { db, type Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { keyedHash } from "@/lib/encryption/hash";
import { createToken } from "@/lib/encryption/tokens";
import { enqueueMail } from "@/lib/mail/outbox";
import { encryptAgain, openContents } from "@/lib/objections/contents";
import { domainKeyOf, takeMails } from "@/lib/signatures/mail-allowance";

/** An allowance of its own: neither can strangers' objections use up a mailbox's mails for signing, nor the other way round. */
const allowanceOf = (hash: string) => keyedHash("objection-mails-1", hash);

/** Asks the mailbox of an objection whether it is theirs, unless a limit is against it: then it is asked later. */
export async function mailObjector(tx: Tx, id: string, now: Date): Promise<boolean> {
  const row = await tx.objection.findFirst({ where: { id, state: "UNCONFIRMED", mailedAt: null } });
  const opened = row && openContents(row);
  if (!row?.addressHash || !opened) return false;
  const counted = {
    addressHash: allowanceOf(row.addressHash),
    domainKey: domainKeyOf(opened.email, false),
    networkHash: row.networkHash,
    unchecked: false,
    // The last of a day's mails is for a network that has caused none of the others.
    checked: true,
  };
  if (await takeMails(tx, counted, now)) return false;
  const { token, hash: tokenHash } = createToken();
  const { key, ...written } = opened;
  const contents = encryptAgain(key, { ...written, token });
  await tx.objection.updateMany({ where: { id }, data: { tokenHash, contents, mailedAt: now } });
  const encryptedToken = encrypt(key, "mail.token", token);
  await enqueueMail(tx, { message: "confirm-objection", objectionId: id, encryptedToken });
  return true;
}

const BATCH = 100;

/**
 * Asks some of the mailboxes that a limit was against: for housekeeping. One objection of each mailbox, its
 * networks taking turns. Mailboxes by chance: many that a limit is still against keep nobody else waiting.
 * @returns how many were asked
 */
export async function mailWaitingObjectors(now: Date): Promise<number> {
  const waiting = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT DISTINCT ON (address_hash) id::text FROM (
        SELECT id, address_hash, mailed_at, created_at, row_number() OVER (
          PARTITION BY address_hash, network_hash ORDER BY mailed_at NULLS LAST, created_at) AS turn
        FROM objection WHERE state = 'UNCONFIRMED') o
      WHERE mailed_at IS NULL ORDER BY address_hash, turn, created_at) first_of_each
    ORDER BY random() LIMIT ${BATCH}`;
  const asked = await Promise.all(
    waiting.map(({ id }) => db.$transaction((tx) => mailObjector(tx, id, now))),
  );
  return asked.filter(Boolean).length;
}
