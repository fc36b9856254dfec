import { DOMAIN_SHARE, MAIL_LIMITS, type MailLimit, OWN_MAILS, RESERVED } from "@/lib/abuse/limits/limits";
import { db, type Tx } from "@/lib/db/client";
import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { registrableDomain } from "@/lib/fields/websites/registrable-domain";
import { hashOfDomain } from "@/lib/signatures/claim";
import { windowStart } from "@/lib/signatures/rules";

export type Counted = {
  addressHash: string;
  domainKey: string | null;
  networkHash: string | null;
  unchecked: boolean;
  /** Whether its cause brought a proof of work. */
  checked: boolean;
};

/**
 * What an address's domain is counted by: as somebody registered it, or anyone who has one could make up mail hosts in it.
 * Null for proven ones at a free provider, where there is no limit.
 */
export function domainKeyOf(email: string, unchecked: boolean): string | null {
  const host = mailDomain(email);
  const free = isFreeMail(host);
  if (free && !unchecked) return null;
  const { domain, uncheckedFreeMail, uncheckedDomain } = MAIL_LIMITS;
  const { kind } = unchecked ? (free ? uncheckedFreeMail : uncheckedDomain) : domain;
  return `${kind}:${hashOfDomain(registrableDomain(host) ?? host)}`;
}

export function limitOfDomain(key: string): MailLimit {
  const { uncheckedFreeMail, uncheckedDomain, domain } = MAIL_LIMITS;
  return [uncheckedFreeMail, uncheckedDomain].find(({ kind }) => key.startsWith(`${kind}:`)) ?? domain;
}

export const networkKeyOf = (networkHash: string | null) =>
  `${MAIL_LIMITS.uncheckedNetwork.kind}:${networkHash ?? "unknown"}`;

export const UNCHECKED_KEY = MAIL_LIMITS.unchecked.kind;

/** `share`: of the domain's mails, those of one network. */
type Allowance = { by: "address" | "domain" | "share" | "network" | "all"; key: string; limit: MailLimit };

/** What a mail is counted by, in the order in which the rows are locked. */
function allowancesOf({ addressHash, domainKey, networkHash, unchecked }: Counted): Allowance[] {
  const list: Allowance[] = [{ by: "address", key: addressHash, limit: MAIL_LIMITS.address }];
  if (domainKey) list.push({ by: "domain", key: domainKey, limit: limitOfDomain(domainKey) });
  if (unchecked) {
    list.push({ by: "network", key: networkKeyOf(networkHash), limit: MAIL_LIMITS.uncheckedNetwork });
    list.push({ by: "all", key: UNCHECKED_KEY, limit: MAIL_LIMITS.unchecked });
  } else if (domainKey && networkHash) {
    const key = `${networkHash} at ${domainKey}`;
    list.push({ by: "share", key, limit: limitOfDomain(domainKey) });
  }
  return list;
}

/** What keeps a mail from leaving now, and until when. */
export type Obstacle = { by: Allowance["by"]; until: Date };

/**
 * Takes one of the mails of each limit that a mail is counted by, or none of any.
 * @returns null where the mail may leave now; else the limit that takes longest
 */
export async function takeMails(tx: Tx, counted: Counted, now: Date): Promise<Obstacle | null> {
  const allowances = allowancesOf(counted);
  const rows = await lockCounts(tx, allowances, now);
  const domain = rows.get(counted.domainKey ?? "");
  const obstacles = allowances.map(({ by, key, limit }) => {
    const row = rows.get(key) ?? NONE;
    const count = row.raised ?? limit.count;
    if (by === "address")
      return { by, until: nextMailTime(row.sentAt, addressLimit(limit, row, counted, now)) };
    if (by === "share") return { by, until: shareTime(row.sentAt, domain ?? NONE, limit) };
    return { by, until: nextMailTime(row.sentAt, { ...limit, count }) };
  });
  const longest = obstacles.reduce((one, other) => (other.until > one.until ? other : one));
  if (longest.until > now) return longest;
  await noteMails(tx, allowances, counted.networkHash ?? "", now);
  return null;
}

type Row = { sentAt: Date[]; networks: string[]; raised: number | null };
const NONE: Row = { sentAt: [], networks: [], raised: null };

/** The reserve is nobody's but of who brings a proof from a network that has caused none of the mailbox's mails. */
function addressLimit(limit: MailLimit, row: Row, { checked, networkHash }: Counted, now: Date): MailLimit {
  const since = windowStart(limit, now);
  const spent = row.networks.some(
    (network, place) => network === networkHash && (row.sentAt[place] ?? now) > since,
  );
  return checked && networkHash && !spent ? limit : { ...limit, count: limit.count - RESERVED };
}

/** When a network may cause the next mail to a domain: at once in the first half of its day, then within its share. */
function shareTime(own: Date[], domain: Row, limit: MailLimit): Date {
  const count = domain.raised ?? limit.count;
  const part = (share: number) => Math.max(1, Math.floor(count * share));
  const free = nextMailTime(domain.sentAt, { ...limit, count: part(DOMAIN_SHARE.freePart) });
  const shared = nextMailTime(own, { ...limit, count: part(DOMAIN_SHARE.networkPart) });
  return new Date(Math.min(free.getTime(), shared.getTime()));
}

/**
 * Takes for each of many addresses one of its mails, for a moderator: their domains' limits hold for visitors. Addresses
 * are locked in one order, so that two such transactions do not wait for each other.
 * @returns those that may have one now
 */
export async function takeAddressMails(tx: Tx, addressHashes: string[], now: Date): Promise<Set<string>> {
  const limit = MAIL_LIMITS.address;
  const allowances = [...new Set(addressHashes)].sort().map((key) => ({ key, limit }));
  const rows = await lockCounts(tx, allowances, now);
  const taken = allowances.filter(({ key }) => nextMailTime(rows.get(key)?.sentAt ?? [], limit) <= now);
  await noteMails(tx, taken, "", now);
  return new Set(taken.map(({ key }) => key));
}

/**
 * Counts a link to one's own signatures, apart from what strangers' signings cause.
 * @param key of the mailbox, and of what is sent
 * @param stopped whether the mailbox has stopped the mails that others can cause
 * @returns when it may leave
 */
export async function takeOwnMail(tx: Tx, key: string, now: Date, stopped = false): Promise<Date> {
  const { quick, windowMs, pauseMs } = OWN_MAILS;
  const counts = [{ key, limit: { kind: "own", count: quick, windowMs, pauseMs } }];
  const row = (await lockCounts(tx, counts, now)).get(key) ?? NONE;
  const at = nextOwnMail(row.sentAt, now, stopped);
  await noteMails(tx, counts, "", at);
  return at;
}

function nextOwnMail(sentAt: Date[], now: Date, stopped: boolean): Date {
  const { quick, windowMs, pauseMs, laterMs, stoppedMs } = OWN_MAILS;
  const times = sentAt.map((time) => time.getTime()).filter((time) => time > now.getTime() - windowMs);
  const pause = stopped ? stoppedMs : times.length < quick ? pauseMs : laterMs;
  return new Date(Math.max(now.getTime(), ...times.map((time) => time + pause)));
}

/**
 * Locks what is counted for an address: before its held mail, as everybody does who asks for a mail, and before two people
 * of one mailbox take their places.
 */
export async function lockAddress(tx: Tx, addressHash: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO address_mail AS m (address_hash, sent_at) VALUES (${addressHash}, '{}')
    ON CONFLICT (address_hash) DO UPDATE SET sent_at = m.sent_at`;
}

type Counts = Pick<Allowance, "key" | "limit">;

/** Locks the rows of limits, in the order given, and reads them. */
async function lockCounts(tx: Tx, counts: Counts[], now: Date): Promise<Map<string, Row>> {
  const keys = counts.map(({ key }) => key);
  const rows = await tx.$queryRaw<(Row & { key: string })[]>`
    INSERT INTO address_mail AS m (address_hash, sent_at)
    SELECT key, '{}'::timestamptz[] FROM unnest(${keys}::text[]) WITH ORDINALITY k(key, place) ORDER BY place
    ON CONFLICT (address_hash) DO UPDATE SET sent_at = m.sent_at
    RETURNING address_hash AS key, sent_at AS "sentAt", networks,
      (SELECT r.count FROM mail_raise r WHERE r.key = m.address_hash AND r.until > ${now}) AS raised`;
  return new Map(rows.map((row) => [row.key, row]));
}

/** Counts a mail of now with the network that caused it, and forgets those that no longer count. */
async function noteMails(tx: Tx, counts: Counts[], network: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE address_mail m SET (sent_at, networks) = (
      SELECT COALESCE(array_agg(at ORDER BY at, place), '{}') || ${now}::timestamptz,
        COALESCE(array_agg(COALESCE(network, '') ORDER BY at, place), '{}') || ${network}::text
      FROM unnest(m.sent_at, m.networks) WITH ORDINALITY s(at, network, place) WHERE s.at > c.since)
    FROM unnest(${counts.map(({ key }) => key)}::text[], ${counts.map(({ limit }) => windowStart(limit, now))}::timestamptz[])
      AS c(key, since)
    WHERE m.address_hash = c.key`;
}

export function nextMailTime(sentAt: Date[], { count, windowMs, pauseMs }: MailLimit): Date {
  const times = sentAt.map((time) => time.getTime()).sort((a, b) => a - b);
  const after = (time: number | undefined, ms: number) => (time === undefined ? 0 : time + ms);
  // Without a pause the last one does not matter: another process' clock may be ahead.
  const pause = pauseMs > 0 ? after(times.at(-1), pauseMs) : 0;
  return new Date(Math.max(pause, after(times[times.length - count], windowMs)));
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
