import type { Database } from "@/lib/db/client";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import {
  beyond,
  filterConditions,
  type ListFilter,
  type ListPlace,
  listOrder,
} from "@/lib/signatories/list-order";
import { PUBLIC_FIELDS, type PublicFields } from "@/lib/signatures/engine/public-row";
import { Prisma } from "@/prisma/generated/client";
import type { ListOrder } from "@/prisma/generated/enums";

/** A signatory as the public sees it: without an id. */
export type PublicSignatory = PublicFields & {
  kind: "organisation" | "individual";
  country: string;
  expert: boolean;
  /** The name of its representative, where that person agreed. */
  representative: string | null;
  publishedAt: Date;
  /** The number of the version that was signed. */
  version: number;
  /** Names its row, and says nothing: it is chance. Absent of what is only shown as it would be. */
  entry?: string;
};

/** A part of the list, with the places to go on at, forwards and backwards; null where nothing is there. */
export type ListPart = {
  signatories: PublicSignatory[];
  next: ListPlace | null;
  previous: ListPlace | null;
};

/** Where a part of the list begins: after a place, before one, or after so many, in the order that the letter has. */
export type ListStart = {
  by?: ListOrder;
  after?: ListPlace;
  before?: ListPlace;
  offset?: number;
  /** Leaves out those whom the letter's page names first. */
  unpinned?: boolean;
};

export type PublicRow = PublicFields &
  Pick<PublicSignatory, "country" | "publishedAt" | "representative" | "version"> &
  Omit<ListPlace, "by"> & { signedAt: Date };

/** The columns of `public_signatory p` that the list reads. */
export const ROW = Prisma.raw(
  [
    ...["p.section::text AS section", 'p.sort_key AS "sortKey"', "p.id::text AS id", "p.country"],
    ...PUBLIC_FIELDS.map((field) => `p.${field}`),
    ...["p.representative", 'p.published_at AS "publishedAt"', 'p.signed_at AS "signedAt"', "p.version"],
  ].join(", "),
);

// A handful at most: they are read once, and the list is still read in its index's order.
const unpinned = (letterId: string) => Prisma.sql`AND p.signature_id <> ALL(ARRAY(
  SELECT x.signature_id FROM pinned_signatory x WHERE x.letter_id = ${letterId}::uuid))`;

/** Those whom a letter's page names first, in the organiser's order, as far as the list shows them. */
export async function readPinned(db: Database, letterId: string): Promise<PublicSignatory[]> {
  const rows = await db.$queryRaw<PublicRow[]>`
    SELECT ${ROW} FROM pinned_signatory x JOIN public_signatory p ON p.signature_id = x.signature_id
    WHERE x.letter_id = ${letterId}::uuid AND p.letter_id = x.letter_id AND NOT ${hiddenEntry(letterId)}
    ORDER BY x.position`;
  return rows.map(toPublic);
}

/**
 * Reads a part of a letter's public list: organisations first, then experts, then others, by name or by the time of signing.
 * An index has that order, for each filter: what a part costs does not depend on how long the list is.
 * @param limit how many at most
 */
export async function readPublicList(
  db: Database,
  letterId: string,
  filter: ListFilter,
  { by = "NAME", offset = 0, ...given }: ListStart,
  limit: number,
): Promise<ListPart> {
  // A place in the order that the letter had before is none in this one: the list begins anew.
  const inOrder = (place?: ListPlace) => (place?.by === by ? place : undefined);
  const before = inOrder(given.before);
  const backwards = before !== undefined;
  const place = before ?? inOrder(given.after);
  const rows = await db.$queryRaw<PublicRow[]>`
    SELECT ${ROW} FROM public_signatory p
    WHERE ${filterConditions(letterId, filter)} ${place ? Prisma.sql`AND ${beyond(place, backwards)}` : Prisma.empty}
      ${given.unpinned ? unpinned(letterId) : Prisma.empty}
    ORDER BY ${listOrder(by, backwards)} LIMIT ${limit + 1} OFFSET ${offset}`;
  const shown = backwards ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const more = rows.length > limit;
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    signatories: shown.map(toPublic),
    next: last && (more || backwards) ? placeOf(last, by) : null,
    previous: first && (backwards ? more : place || offset > 0) ? placeOf(first, by) : null,
  };
}

/** How many there are of those who signed an earlier version, by country. They count nowhere else. */
export const countEarlier = (db: Database, letterId: string) =>
  db.$queryRaw<{ kind: "INDIVIDUAL"; country: string; count: number; experts: number }[]>`
    SELECT 'INDIVIDUAL' AS kind, p.country, count(*)::int AS count, 0 AS experts FROM public_signatory p
    WHERE p.letter_id = ${letterId}::uuid AND p.section > 'OTHERS' AND NOT ${hiddenEntry(letterId)} GROUP BY p.country`;

export const placeOf = ({ section, sortKey, signedAt, id }: PublicRow, by: ListOrder): ListPlace => ({
  by,
  section,
  sortKey: by === "TIME" ? signedAt.toISOString() : sortKey,
  id,
});

export function toPublic({
  section,
  sortKey: _,
  id: entry,
  signedAt: __,
  ...row
}: PublicRow): PublicSignatory {
  const kind = section.endsWith("ORGANISATIONS") ? "organisation" : "individual";
  return { ...row, entry, kind, expert: section.endsWith("EXPERTS") };
}
