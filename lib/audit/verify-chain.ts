import { type Entry, entryMark } from "@/lib/audit/entry-mark";
import { sameHead } from "@/lib/audit/head-text";
import { LATE_LINKS } from "@/lib/audit/late-links";
import type { Place } from "@/lib/audit/link-entries";
import { linkHash } from "@/lib/audit/link-hash";
import type { ChainHead } from "@/lib/audit/queries";
import { db } from "@/lib/db/client";

const PAGE = 1_000;
const LATE_SHOWN = 10;

/** What is wrong with the audit log, at the first place where something is. */
export type Broken = {
  /** The number of the link; null for an entry that is not linked yet. */
  number: bigint | null;
  problem:
    | "link-gone"
    | "entry-gone"
    | "hash-differs"
    | "not-ours"
    | "noted-head-gone"
    | "noted-head-differs";
};

type Verdict = {
  links: bigint;
  head: ChainHead | null;
  /** Entries that are not linked yet, and when the oldest of them was written. */
  waiting: number;
  oldestWaiting: Date | null;
  /** When entries were linked late, which also hides what was taken away before. */
  lateLinks: Date[];
  broken: Broken | null;
};

type Link = { number: bigint; hash: string } & Omit<Entry, "id"> & { id: string | null; mark: string };

/**
 * Walks the whole audit log: every link in order, then the entries that wait to be linked.
 * @param heads that were noted earlier and elsewhere; all must be there. Without one, a tail that was cut off is
 * not noticed, nor a log that was emptied, nor an entry that was taken out with all links after it, once a worker has
 * linked the rest anew: `lateLinks` then says when
 */
export async function verifyChain(heads: ChainHead[]): Promise<Verdict> {
  const noted = Map.groupBy(heads, ({ number }) => number);
  const walk: Walk = { head: null, broken: null };
  for (;;) {
    const page = await readLinks(walk.head?.number ?? 0n);
    for (const link of page) {
      walk.broken ??= problemOf(link, walk.head) ?? against(noted.get(link.number) ?? [], link);
      walk.head = { number: link.number, hash: link.hash };
    }
    if (page.length < PAGE || walk.broken) break;
  }
  const { head } = walk;
  const gone = heads.find(({ number }) => number > (head?.number ?? 0n));
  if (gone) walk.broken ??= { number: gone.number, problem: "noted-head-gone" };
  const { waiting, oldestWaiting, forged } = await readWaiting();
  if (forged) walk.broken ??= { number: null, problem: "not-ours" };
  const late = await db.auditEntry.findMany({
    where: { action: LATE_LINKS },
    orderBy: { at: "desc" },
    take: LATE_SHOWN,
    select: { at: true },
  });
  const lateLinks = late.map(({ at }) => at);
  return { links: head?.number ?? 0n, head, waiting, oldestWaiting, lateLinks, broken: walk.broken };
}

type Walk = { head: ChainHead | null; broken: Broken | null };

function problemOf(link: Link, head: ChainHead | null): Broken | null {
  const expected = (head?.number ?? 0n) + 1n;
  if (link.number !== expected) return { number: expected, problem: "link-gone" };
  const { id, number } = link;
  if (id === null) return { number, problem: "entry-gone" };
  if (linkHash(number, head?.hash ?? "", { ...link, id }) !== link.hash)
    return { number, problem: "hash-differs" };
  return isOurs({ ...link, id }) ? null : { number, problem: "not-ours" };
}

const isOurs = (entry: Entry & { mark: string }) => entry.mark === entryMark(entry);

function against(noted: ChainHead[], link: Link): Broken | null {
  const differs = noted.some((head) => !sameHead(head, link));
  return differs ? { number: link.number, problem: "noted-head-differs" } : null;
}

const readLinks = (after: bigint) => db.$queryRaw<Link[]>`
  SELECT l.number, l.hash, e.id::text, e.at, e.actor::text, e.admin_id::text AS "adminId", e.action,
         e.letter_id::text AS "letterId", e.signature_id::text AS "signatureId", e.details, e.encrypted,
         coalesce(e.mark, '') AS mark
  FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
  WHERE l.number > ${after} ORDER BY l.number LIMIT ${PAGE}`;

/** Looks at every entry for those without a link, page by page. */
async function readWaiting() {
  let waiting = 0;
  let oldestWaiting: Date | null = null;
  let forged = false;
  let after: Place | undefined;
  do {
    const page = await db.auditEntry.findMany({
      // The first condition is the one that the index can begin at.
      where: after && { at: { gte: after.at }, OR: [{ at: { gt: after.at } }, { id: { gt: after.id } }] },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: PAGE,
      include: { link: { select: { number: true } } },
    });
    const unlinked = page.filter(({ link }) => !link);
    waiting += unlinked.length;
    oldestWaiting ??= unlinked[0]?.at ?? null;
    forged ||= unlinked.some((entry) => !isOurs(entry));
    after = page.length === PAGE ? page.at(-1) : undefined;
  } while (after !== undefined);
  return { waiting, oldestWaiting, forged };
}
