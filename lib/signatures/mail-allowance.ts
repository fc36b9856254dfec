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
 * Takes the right to mail about one signature, and one of the address's mails.
 * @returns whether a mail may be sent
 */
export async function takeSignatureMail(
  tx: Tx,
  signature: { id: string; addressHash: string | null },
  now: Date,
): Promise<boolean> {
  if (!signature.addressHash) return false;
  const { count } = await tx.signature.updateMany({
    where: { id: signature.id, mailPausedUntil: { lte: now } },
    data: { mailPausedUntil: mailPauseEnd(now) },
  });
  return count === 1 && (await tx.$executeRaw(addressMailInsert(signature.addressHash, now))) === 1;
}

/** Forgets the addresses whose last mail no longer counts. */
export async function forgetOldAddressMails(tx: Tx, now: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM address_mail
    WHERE NOT EXISTS (SELECT FROM unnest(sent_at) t WHERE t > ${addressWindowStart(now)})`;
}
