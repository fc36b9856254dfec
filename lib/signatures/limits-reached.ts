import { isSpent } from "@/lib/abuse/limits/limiter";
import { LIMITS, MAIL_LIMITS, UNCHECKED_WAITING } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { limitOfDomain, nextMailTime, UNCHECKED_KEY } from "@/lib/signatures/mail-allowance";

/** Which limits are reached now, and what waits for them. Counts only: nobody's address, domain or network. */
export type LimitsReached = {
  /** Whether signings of all letters need a proof of work, and the letters whose own do. */
  signings: boolean;
  letterIds: string[];
  /** Mails that wait for a limit, with and without the proof that was wanted; whether the others' share is used up. */
  held: { checked: number; unchecked: number; uncheckedSpent: boolean };
  /** Domains whose day's mails are used up and for which mails wait. */
  domains: HeldDomain[];
  /** Signatures without that proof that wait for their confirmation, and how many places there are. */
  waiting: { count: number; most: number };
};

/** A domain whose mails of the day are used up, by the key that it is counted by. */
export type HeldDomain = {
  key: string;
  /** One of the mails that wait, and the hash of its address. */
  mailId: string;
  addressHash: string;
  held: number;
  /** How many mails a day it may have now, and when the next may leave. */
  count: number;
  until: Date;
};

export async function limitsReached(now: Date): Promise<LimitsReached> {
  const [signings, letterIds, held, domains, waiting] = await Promise.all([
    isSpent(LIMITS.signings),
    pressedLetters(now),
    heldMails(now),
    heldDomains(now),
    db.signature.count({ where: { unchecked: true, state: "PENDING" } }),
  ]);
  return { signings, letterIds, held, domains, waiting: { count: waiting, most: UNCHECKED_WAITING.most } };
}

async function pressedLetters(now: Date): Promise<string[]> {
  const open = { opensAt: { lte: now }, OR: [{ closesAt: null }, { closesAt: { gt: now } }] };
  const letters = await db.letter.findMany({ where: open, select: { id: true } });
  const spent = await Promise.all(letters.map(({ id }) => isSpent(LIMITS.signingsOfLetter, id)));
  return letters.flatMap(({ id }, place) => (spent[place] ? [id] : []));
}

async function heldMails(now: Date): Promise<LimitsReached["held"]> {
  const groups = await db.mail.groupBy({
    by: ["unchecked"],
    where: { state: "HELD" },
    _count: { _all: true },
  });
  const count = (unchecked: boolean) =>
    groups.find((group) => group.unchecked === unchecked)?._count._all ?? 0;
  const all = await db.addressMail.findUnique({ where: { addressHash: UNCHECKED_KEY } });
  const uncheckedSpent = nextMailTime(all?.sentAt ?? [], MAIL_LIMITS.unchecked) > now;
  return { checked: count(false), unchecked: count(true), uncheckedSpent };
}

const MOST_DOMAINS = 50;

type DomainRow = {
  key: string;
  mailId: string;
  addressHash: string;
  held: number;
  sentAt: Date[];
  raised: number | null;
};

async function heldDomains(now: Date): Promise<HeldDomain[]> {
  const rows = await db.$queryRaw<DomainRow[]>`
    SELECT h.domain_key AS key, min(h.id::text) AS "mailId", min(h.address_hash) AS "addressHash", count(*)::int AS held,
      m.sent_at AS "sentAt", r.count AS raised
    FROM mail h JOIN address_mail m ON m.address_hash = h.domain_key
    LEFT JOIN mail_raise r ON r.key = h.domain_key AND r.until > ${now}
    WHERE h.state = 'HELD' GROUP BY h.domain_key, m.sent_at, r.count ORDER BY 3 DESC LIMIT ${MOST_DOMAINS}`;
  return rows.flatMap(({ sentAt, raised, ...domain }) => {
    const limit = limitOfDomain(domain.key);
    const count = raised ?? limit.count;
    const until = nextMailTime(sentAt, { ...limit, count });
    return until > now ? [{ ...domain, count, until }] : [];
  });
}
