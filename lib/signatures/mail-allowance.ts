import { db, type Tx } from "@/lib/db/client";
import { isFreeMail } from "@/lib/mail-address/free-mail";
import { mailDomain } from "@/lib/mail-address/rules";
import { MAIL_LIMITS, type MailLimit } from "@/lib/rate-limit/limits";
import { addressHash, hashOfDomain } from "@/lib/signatures/claim";
import { mailPauseEnd, windowStart } from "@/lib/signatures/rules";
import { registrableDomain } from "@/lib/websites/registrable-domain";
import { Prisma } from "@/prisma/generated/client";

/** To whom a mail goes, and whether it is about a signing without the proof of work that was wanted. */
export type Recipient = { email: string; unproven: boolean };

/**
 * The WITH queries that take one of the mails that visitors may cause to an address and to its domain. The database
 * decides: concurrent requests wait for each other on the address's row, then on the domain's. They end in a query
 * named `mail_time` whose row says when the mail may leave, which is later than now where others have left before;
 * it is empty where none is left.
 * @param from rows without which nothing is taken
 */
export function takingMail(recipient: Recipient, now: Date, from: Prisma.Sql = NOTHING): Prisma.Sql {
  const key = Prisma.sql`${addressHash(recipient.email)}`;
  const domain = domainOf(recipient);
  if (!domain) return Prisma.sql`mail_time AS (${takeInsert(key, MAIL_LIMITS.address, now, from)})`;
  // Looked at first, so that a mail that the domain has no room for is none of the address's either.
  const roomy = Prisma.sql`
    FROM (SELECT ${from}) wanted WHERE NOT EXISTS (
      SELECT FROM address_mail m WHERE m.address_hash = ${domain.key} AND NOT (${isSoon(domain.limit, now)}))`;
  return Prisma.sql`
    address_mail_time AS (${takeInsert(key, MAIL_LIMITS.address, now, roomy)}),
    domain_mail_time AS (${takeInsert(Prisma.sql`${domain.key}`, domain.limit, now, Prisma.sql`FROM address_mail_time`)}),
    mail_time AS (SELECT GREATEST(a.at, d.at) AS at FROM address_mail_time a, domain_mail_time d)`;
}

const NOTHING = Prisma.empty;

/**
 * What an address's domain is counted by: as somebody registered it, or whoever has one could make up mail hosts in it.
 * Null for proven ones at a free provider, where there is no limit.
 */
function domainOf({ email, unproven }: Recipient): { key: string; limit: MailLimit } | null {
  const host = mailDomain(email);
  const free = isFreeMail(host);
  if (free && !unproven) return null;
  const hash = hashOfDomain(registrableDomain(host) ?? host);
  if (!unproven) return { key: `domain:${hash}`, limit: MAIL_LIMITS.domain };
  const limit = free ? MAIL_LIMITS.unprovenFreeMail : MAIL_LIMITS.unprovenDomain;
  return { key: `unproven-domain:${hash}`, limit };
}

const ms = (length: number) => Prisma.sql`${`${length} milliseconds`}::interval`;

/** When the next mail may leave to whom row `m` of `address_mail` is about: its times are in order. */
function nextTime({ count, windowMs, pauseMs }: MailLimit, now: Date): Prisma.Sql {
  const times = [Prisma.sql`${now}::timestamptz`, after(1, pauseMs), after(count, windowMs)].flatMap(
    (time) => time ?? [],
  );
  return Prisma.sql`GREATEST(${Prisma.join(times)})`;
}

/** So long after one of the latest mails: the last one, or that many before the end; null where there is no need. */
const after = (place: number, pauseMs: number) =>
  pauseMs > 0 ? Prisma.sql`m.sent_at[cardinality(m.sent_at) - ${place - 1}::int] + ${ms(pauseMs)}` : null;

const isSoon = (limit: MailLimit, now: Date) =>
  Prisma.sql`${nextTime(limit, now)} <= ${now}::timestamptz + ${ms(limit.mostWaitMs)}`;

function takeInsert(key: Prisma.Sql, limit: MailLimit, now: Date, from: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO address_mail AS m (address_hash, sent_at) SELECT ${key}, ARRAY[${now}::timestamptz] ${from}
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${windowStart(limit, now)} ORDER BY t)
      || ${nextTime(limit, now)}
    WHERE ${isSoon(limit, now)}
    RETURNING address_hash AS "addressHash", sent_at[cardinality(sent_at)] AS at`;
}

/**
 * Takes the right to mail about one signature, and one of the address's mails. Locks the signature, then the address:
 * one signature in a transaction, or two such transactions could wait for each other.
 * @param recipient with the signature's address, in any spelling
 * @returns when the mail may leave; null where there may be none
 */
export async function takeSignatureMail(
  tx: Tx,
  signatureId: string,
  recipient: Recipient,
  now: Date,
): Promise<Date | null> {
  const free = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM signature WHERE id = ${signatureId}::uuid AND mail_paused_until <= ${now} FOR UPDATE`;
  if (free.length === 0) return null;
  const [taken] = await tx.$queryRaw<
    { at: Date }[]
  >`WITH ${takingMail(recipient, now)} SELECT at FROM mail_time`;
  if (!taken) return null;
  const mailPausedUntil = mailPauseEnd(taken.at);
  await tx.signature.update({ where: { id: signatureId }, data: { mailPausedUntil }, select: { id: true } });
  return taken.at;
}

/**
 * Takes for each of many addresses one of its mails, for a moderator: their domains' limits hold for visitors. Addresses
 * are locked in one order, so that two such transactions do not wait for each other.
 * @returns by address when its mail may leave; those are absent that have none left
 */
export async function takeAddressMails(
  tx: Tx,
  addressHashes: string[],
  now: Date,
): Promise<Map<string, Date>> {
  const inOrder = Prisma.sql`FROM unnest(${addressHashes}::text[]) hash ORDER BY hash`;
  const taken = await tx.$queryRaw<{ addressHash: string; at: Date }[]>(
    takeInsert(Prisma.sql`hash`, MAIL_LIMITS.address, now, inOrder),
  );
  return new Map(taken.map(({ addressHash: hash, at }) => [hash, at]));
}

/** Forgets some of the addresses and domains whose last mail no longer counts. @returns how many */
export async function forgetOldAddressMails(now: Date, most: number): Promise<number> {
  const since = windowStart(MAIL_LIMITS.address, now);
  // The times of a row are in order.
  return db.$executeRaw`
    DELETE FROM address_mail WHERE address_hash IN (
      SELECT address_hash FROM address_mail
      WHERE COALESCE(sent_at[cardinality(sent_at)], '-infinity') <= ${since}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
