import { db, type Tx } from "@/lib/db/client";
import { isFreeMail } from "@/lib/mail-address/free-mail";
import { mailDomain } from "@/lib/mail-address/rules";
import { MAIL_LIMITS, type MailLimit } from "@/lib/rate-limit/limits";
import { hashOfDomain } from "@/lib/signatures/claim";
import { windowStart } from "@/lib/signatures/rules";
import { registrableDomain } from "@/lib/websites/registrable-domain";
import { Prisma } from "@/prisma/generated/client";

/** By what a mail is counted: keys and hashes as `held_mail` keeps them. */
export type Counted = {
  addressHash: string;
  domainKey: string | null;
  networkHash: string | null;
  unproven: boolean;
};

/**
 * What an address's domain is counted by: as somebody registered it, or whoever has one could make up mail hosts in it.
 * Null for proven ones at a free provider, where there is no limit.
 */
export function domainKeyOf(email: string, unproven: boolean): string | null {
  const host = mailDomain(email);
  const free = isFreeMail(host);
  if (free && !unproven) return null;
  const { domain, unprovenFreeMail, unprovenDomain } = MAIL_LIMITS;
  const { kind } = unproven ? (free ? unprovenFreeMail : unprovenDomain) : domain;
  return `${kind}:${hashOfDomain(registrableDomain(host) ?? host)}`;
}

/** The limit that a domain's key is counted by. */
export function limitOfDomain(key: string): MailLimit {
  const { unprovenFreeMail, unprovenDomain, domain } = MAIL_LIMITS;
  return [unprovenFreeMail, unprovenDomain].find(({ kind }) => key.startsWith(`${kind}:`)) ?? domain;
}

/** The key by which a network's unproven mails are counted. */
export const networkKeyOf = (networkHash: string | null) =>
  `${MAIL_LIMITS.unprovenNetwork.kind}:${networkHash ?? "unknown"}`;

/** The key by which all unproven mails are counted. */
export const UNPROVEN_KEY = MAIL_LIMITS.unproven.kind;

type Allowance = { by: "address" | "domain" | "network" | "all"; key: string; limit: MailLimit };

/** What a mail is counted by, in the order in which the rows are locked. */
function allowancesOf({ addressHash, domainKey, networkHash, unproven }: Counted): Allowance[] {
  const domain: Allowance[] = domainKey
    ? [{ by: "domain", key: domainKey, limit: limitOfDomain(domainKey) }]
    : [];
  const shared: Allowance[] = [
    { by: "network", key: networkKeyOf(networkHash), limit: MAIL_LIMITS.unprovenNetwork },
    { by: "all", key: UNPROVEN_KEY, limit: MAIL_LIMITS.unproven },
  ];
  return [
    { by: "address", key: addressHash, limit: MAIL_LIMITS.address },
    ...domain,
    ...(unproven ? shared : []),
  ];
}

/** What keeps a mail from leaving now, and until when. */
export type Obstacle = { by: Allowance["by"]; until: Date };

/**
 * Takes one of the mails of each limit that a mail is counted by, or none of any.
 * @returns null where the mail may leave now; else the limit that takes longest
 */
export async function takeMails(tx: Tx, counted: Counted, now: Date): Promise<Obstacle | null> {
  const allowances = allowancesOf(counted);
  const keys = allowances.map(({ key }) => key);
  await tx.$executeRaw`
    INSERT INTO address_mail (address_hash, sent_at)
    SELECT key, '{}'::timestamptz[] FROM unnest(${keys}::text[]) WITH ORDINALITY k(key, place) ORDER BY place
    ON CONFLICT (address_hash) DO NOTHING`;
  const rows = await tx.$queryRaw<{ key: string; sentAt: Date[]; raised: number | null }[]>`
    SELECT m.address_hash AS key, m.sent_at AS "sentAt",
      (SELECT r.count FROM mail_raise r WHERE r.key = m.address_hash AND r.until > ${now}) AS raised
    FROM unnest(${keys}::text[]) WITH ORDINALITY k(key, place) JOIN address_mail m ON m.address_hash = k.key
    ORDER BY k.place FOR UPDATE OF m`;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const obstacles = allowances.map(({ by, key, limit }) => {
    const { sentAt = [], raised } = byKey.get(key) ?? {};
    return { by, until: nextMailTime(sentAt, { ...limit, count: raised ?? limit.count }) };
  });
  const longest = obstacles.reduce((one, other) => (other.until > one.until ? other : one));
  if (longest.until > now) return longest;
  for (const { key, limit } of allowances) await note(tx, key, limit, now);
  return null;
}

const note = (tx: Tx, key: string, limit: MailLimit, now: Date) => tx.$executeRaw`
  UPDATE address_mail m SET sent_at = ${withoutOld(limit, now)} || ${now}::timestamptz WHERE address_hash = ${key}`;

/** When the next mail may leave after those of these times. */
export function nextMailTime(sentAt: Date[], { count, windowMs, pauseMs }: MailLimit): Date {
  const times = sentAt.map((time) => time.getTime()).sort((a, b) => a - b);
  const after = (time: number | undefined, ms: number) => (time === undefined ? 0 : time + ms);
  // Without a pause the last one does not matter: another process' clock may be ahead.
  const pause = pauseMs > 0 ? after(times.at(-1), pauseMs) : 0;
  return new Date(Math.max(pause, after(times[times.length - count], windowMs)));
}

/**
 * The WITH queries that do the same for a new signature in its own statement, so that whoever signs waits for one round
 * trip. They end in a query named `mail_time`, whose row says that the mail leaves now; it is empty where none may.
 * @param from rows without which nothing is taken
 */
export function takingMail(counted: Counted, now: Date, from: Prisma.Sql): Prisma.Sql {
  // Unproven ones wait for their turn among the networks.
  if (counted.unproven) return Prisma.sql`mail_time AS (SELECT ${now}::timestamptz AS at WHERE false)`;
  const { addressHash, domainKey } = counted;
  const address = takeInsert(Prisma.sql`${addressHash}`, MAIL_LIMITS.address, now);
  if (!domainKey) return Prisma.sql`mail_time AS (${address(from)})`;
  const limit = { ...limitOfDomain(domainKey), count: raisedCount(domainKey, now) };
  // Looked at first, so that a mail that the domain has no room for is none of the address's either.
  const roomy = Prisma.sql`
    FROM (SELECT ${from}) wanted WHERE NOT EXISTS (
      SELECT FROM address_mail m WHERE m.address_hash = ${domainKey} AND ${nextTime(limit)} > ${now})`;
  const domain = takeInsert(Prisma.sql`${domainKey}`, limit, now);
  return Prisma.sql`
    address_mail_time AS (${address(roomy)}),
    mail_time AS (${domain(Prisma.sql`FROM address_mail_time`)})`;
}

type SqlLimit = Omit<MailLimit, "count"> & { count: number | Prisma.Sql };

const raisedCount = (key: string, now: Date) => Prisma.sql`
  COALESCE((SELECT r.count FROM mail_raise r WHERE r.key = ${key} AND r.until > ${now}), ${limitOfDomain(key).count}::int)`;

const takeInsert = (key: Prisma.Sql, limit: SqlLimit, now: Date) => (from: Prisma.Sql) =>
  Prisma.sql`
  INSERT INTO address_mail AS m (address_hash, sent_at) SELECT ${key}, ARRAY[${now}::timestamptz] ${from}
  ON CONFLICT (address_hash) DO UPDATE SET sent_at = ${withoutOld(limit, now)} || ${now}::timestamptz
  WHERE COALESCE(${nextTime(limit)} <= ${now}, true)
  RETURNING address_hash AS "addressHash", ${now}::timestamptz AS at`;

const withoutOld = (limit: Pick<MailLimit, "windowMs">, now: Date) =>
  Prisma.sql`ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${windowStart(limit, now)} ORDER BY t)`;

const ms = (length: number) => Prisma.sql`${`${length} milliseconds`}::interval`;

/** `nextMailTime` of row `m`, whose times are in order; null where there is no need to wait. */
const nextTime = ({ count, windowMs, pauseMs }: SqlLimit): Prisma.Sql => Prisma.sql`
  GREATEST(${pauseMs > 0 ? Prisma.sql`m.sent_at[cardinality(m.sent_at)] + ${ms(pauseMs)},` : Prisma.empty}
    m.sent_at[cardinality(m.sent_at) - (${count}::int - 1)] + ${ms(windowMs)})`;

/**
 * Takes for each of many addresses one of its mails, for a moderator: their domains' limits hold for visitors. Addresses
 * are locked in one order, so that two such transactions do not wait for each other.
 * @returns by address when its mail leaves; those are absent that may have none now
 */
export async function takeAddressMails(
  tx: Tx,
  addressHashes: string[],
  now: Date,
): Promise<Map<string, Date>> {
  const inOrder = Prisma.sql`FROM unnest(${addressHashes}::text[]) hash ORDER BY hash`;
  const take = takeInsert(Prisma.sql`hash`, MAIL_LIMITS.address, now);
  const taken = await tx.$queryRaw<{ addressHash: string; at: Date }[]>(take(inOrder));
  return new Map(taken.map(({ addressHash: hash, at }) => [hash, at]));
}

/** Forgets some of the addresses, domains and networks whose last mail no longer counts. @returns how many */
export async function forgetOldAddressMails(now: Date, most: number): Promise<number> {
  const since = windowStart(MAIL_LIMITS.address, now);
  return db.$executeRaw`
    DELETE FROM address_mail WHERE address_hash IN (
      SELECT address_hash FROM address_mail
      WHERE NOT EXISTS (SELECT FROM unnest(sent_at) t WHERE t > ${since})
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}

/** Ends some of the raised limits whose time is over. @returns how many */
export async function forgetOldRaises(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM mail_raise WHERE key IN (
      SELECT key FROM mail_raise WHERE until <= ${now} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
