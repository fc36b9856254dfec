import type { Tx } from "@/lib/db/client";
import { addressWindowStart, MAIL_LIMITS, mailPauseEnd } from "@/lib/signatures/rules";
import { Prisma } from "@/prisma/generated/client";

/**
 * The statement that takes one of the mails that visitors may cause to an address in 24 hours. The database decides:
 * concurrent requests for one address wait for each other on its row. No row changed means that there is none left.
 * @param from rows without which nothing is taken
 */
export function addressMailInsert(
  addressHash: string,
  now: Date,
  from: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  const since = addressWindowStart(now);
  return Prisma.sql`
    INSERT INTO address_mail AS m (address_hash, sent_at) SELECT ${addressHash}, ARRAY[${now}::timestamptz] ${from}
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = array_append(ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${since}), ${now}::timestamptz)
    WHERE (SELECT count(*) FROM unnest(m.sent_at) t WHERE t > ${since}) < ${MAIL_LIMITS.addressCount}`;
}

/**
 * Takes the right to mail about one signature, and one of the address's mails. Locks the signature, then the address:
 * one signature in a transaction, or two such transactions could wait for each other.
 * @returns whether a mail may be sent
 */
export async function takeSignatureMail(
  tx: Tx,
  signature: { id: string; addressHash: string | null },
  now: Date,
): Promise<boolean> {
  if (!signature.addressHash) return false;
  const free = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM signature WHERE id = ${signature.id}::uuid AND mail_paused_until <= ${now} FOR UPDATE`;
  if (free.length === 0) return false;
  if ((await tx.$executeRaw(addressMailInsert(signature.addressHash, now))) === 0) return false;
  const mailPausedUntil = mailPauseEnd(now);
  await tx.signature.update({ where: { id: signature.id }, data: { mailPausedUntil }, select: { id: true } });
  return true;
}

/** Forgets the addresses whose last mail no longer counts. */
export async function forgetOldAddressMails(tx: Tx, now: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM address_mail
    WHERE NOT EXISTS (SELECT FROM unnest(sent_at) t WHERE t > ${addressWindowStart(now)})`;
}
