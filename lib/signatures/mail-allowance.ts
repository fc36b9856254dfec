import type { Tx } from "@/lib/db/client";
import { isFreeMail } from "@/lib/mail-address/free-mail";
import { mailDomain } from "@/lib/mail-address/rules";
import { MAIL_LIMITS, type MailLimit } from "@/lib/rate-limit/limits";
import { addressHash, hashOfDomain } from "@/lib/signatures/claim";
import { mailPauseEnd, windowStart } from "@/lib/signatures/rules";
import { Prisma } from "@/prisma/generated/client";

/**
 * The WITH queries that take one of the mails that visitors may cause to an address and to its domain. The database
 * decides: concurrent requests wait for each other on the address's row, then on the domain's. They end in a query
 * named `mail_time` whose row says when the mail may leave, which is later than now where another one has just left;
 * it is empty where none is left.
 * @param unproven whether it is for a signing without the proof of work that was wanted
 * @param from rows without which nothing is taken
 */
export function takingMail(
  email: string,
  now: Date,
  { unproven = false, from = Prisma.empty }: { unproven?: boolean; from?: Prisma.Sql } = {},
): Prisma.Sql {
  const domain = mailDomain(email);
  const address = takeInsert(addressHash(email), MAIL_LIMITS.address, now, from);
  if (isFreeMail(domain)) return Prisma.sql`mail_time AS (${address})`;
  const [name, limit] = unproven
    ? ["unproven-domain", MAIL_LIMITS.unprovenDomain]
    : ["domain", MAIL_LIMITS.domain];
  const capped = takeInsert(`${name}:${hashOfDomain(domain)}`, limit, now, FROM_ADDRESS);
  return Prisma.sql`
    address_mail_time AS (${address}), domain_mail_time AS (${capped}),
    mail_time AS (SELECT at FROM address_mail_time WHERE EXISTS (SELECT FROM domain_mail_time))`;
}

const FROM_ADDRESS = Prisma.sql`FROM address_mail_time`;

function takeInsert(key: string, limit: MailLimit, now: Date, from: Prisma.Sql): Prisma.Sql {
  const since = windowStart(limit, now);
  const pause = `${limit.pauseMs} milliseconds`;
  return Prisma.sql`
    INSERT INTO address_mail AS m (address_hash, sent_at) SELECT ${key}, ARRAY[${now}::timestamptz] ${from}
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${since})
      || GREATEST(${now}::timestamptz, (SELECT max(t) + ${pause}::interval FROM unnest(m.sent_at) t))
    WHERE (SELECT count(*) FROM unnest(m.sent_at) t WHERE t > ${since}) < ${limit.count}
    RETURNING sent_at[cardinality(sent_at)] AS at`;
}

/**
 * Takes the right to mail about one signature, and one of the address's mails. Locks the signature, then the address:
 * one signature in a transaction, or two such transactions could wait for each other.
 * @param email the signature's, in any spelling
 * @returns when the mail may leave; null where there may be none
 */
export async function takeSignatureMail(
  tx: Tx,
  signatureId: string,
  email: string,
  now: Date,
): Promise<Date | null> {
  const free = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM signature WHERE id = ${signatureId}::uuid AND mail_paused_until <= ${now} FOR UPDATE`;
  if (free.length === 0) return null;
  const [taken] = await tx.$queryRaw<{ at: Date }[]>`WITH ${takingMail(email, now)} SELECT at FROM mail_time`;
  if (!taken) return null;
  const mailPausedUntil = mailPauseEnd(taken.at);
  await tx.signature.update({ where: { id: signatureId }, data: { mailPausedUntil }, select: { id: true } });
  return taken.at;
}

/** Forgets the addresses and domains whose last mail no longer counts. */
export async function forgetOldAddressMails(tx: Tx, now: Date): Promise<number> {
  const since = windowStart(MAIL_LIMITS.address, now);
  return tx.$executeRaw`
    DELETE FROM address_mail WHERE NOT EXISTS (SELECT FROM unnest(sent_at) t WHERE t > ${since})`;
}
