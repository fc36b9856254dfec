import type { Entry } from "@/lib/audit/entry-mark";
import { linkHash } from "@/lib/audit/link-hash";
import { chainHead } from "@/lib/audit/queries";
import { db, type Tx } from "@/lib/db/client";

/** Held while links are made: of several workers one makes them. Any fixed number. */
const CHAIN_LOCK = 7_305_261_120;
/** How many entries one transaction looks at, recent ones and all. */
export const RECENT = 500;
const PAGE = 1_000;

const COLUMNS = {
  id: true,
  at: true,
  actor: true,
  adminId: true,
  action: true,
  letterId: true,
  signatureId: true,
  details: true,
  encrypted: true,
  mark: true,
} as const;
const OLDEST_FIRST = [{ at: "asc" }, { id: "asc" }] as const;

type Marked = Entry & { mark: string };

/**
 * Links entries that were written since a time and are not linked yet, the oldest first. An act does not wait for it:
 * a chain within the acts' own transactions would let only one of them commit at a time.
 * @returns how many; 0 also where another worker is at it
 */
export function linkRecent(since: Date): Promise<number> {
  return inTurn(async (tx) => {
    const where = { at: { gte: since }, link: null };
    const entries = await tx.auditEntry.findMany({
      where,
      orderBy: [...OLDEST_FIRST],
      take: RECENT,
      select: COLUMNS,
    });
    await append(tx, entries);
    return entries.length;
  }, 0);
}

/** A place in the log, by which its entries are ordered. */
export type Place = { at: Date; id: string };

type Page = {
  /** When the entries that were linked now had been written, the oldest first. */
  linked: Date[];
  /** Where the next page begins; null after the last one. */
  next: Place | null;
};

/**
 * Links what is not linked yet of one page of the log, however old it is.
 * @param after where the page before ended; undefined for the first
 * @returns null where another worker is at it
 */
export function linkPage(after?: Place, size = PAGE): Promise<Page | null> {
  return inTurn(async (tx) => {
    const page = await tx.auditEntry.findMany({
      // The first condition is the one that the index can begin at.
      where: after && { at: { gte: after.at }, OR: [{ at: { gt: after.at } }, { id: { gt: after.id } }] },
      orderBy: [...OLDEST_FIRST],
      take: size,
      select: { id: true, at: true, link: { select: { number: true } } },
    });
    const missing = page.filter(({ link }) => !link).map(({ id }) => id);
    const where = { id: { in: missing } };
    const entries = await tx.auditEntry.findMany({ where, orderBy: [...OLDEST_FIRST], select: COLUMNS });
    await append(tx, entries);
    const last = page.length === size ? page.at(-1) : undefined;
    return { linked: entries.map(({ at }) => at), next: last ? { at: last.at, id: last.id } : null };
  }, null);
}

/** Runs a step while no other worker does; what else where one does. */
async function inTurn<T>(step: (tx: Tx) => Promise<T>, otherwise: T): Promise<T> {
  return db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<
      { got: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${CHAIN_LOCK}) AS got`;
    return lock?.got ? step(tx) : otherwise;
  });
}

async function append(tx: Tx, entries: Marked[]): Promise<void> {
  if (entries.length === 0) return;
  let { number, hash } = (await chainHead(tx)) ?? { number: 0n, hash: "" };
  const data = entries.map((entry) => {
    number += 1n;
    hash = linkHash(number, hash, entry);
    return { number, hash, entryId: entry.id };
  });
  await tx.auditLink.createMany({ data });
}
