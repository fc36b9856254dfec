import type { Database } from "@/lib/db/client";
import {
  beyond,
  filterConditions,
  type ListFilter,
  type ListPlace,
  listOrder,
} from "@/lib/signatories/list-order";
import { PUBLIC_FIELDS, type PublicFields } from "@/lib/signatures/engine/public-row";
import { Prisma } from "@/prisma/generated/client";

/** A signatory as the public sees it: without an id. */
export type PublicSignatory = PublicFields & {
  kind: "organisation" | "individual";
  country: string;
  expert: boolean;
  publishedAt: Date;
};

/** A part of the list, with the places to go on at, forwards and backwards; null where nothing is there. */
export type ListPart = {
  signatories: PublicSignatory[];
  next: ListPlace | null;
  previous: ListPlace | null;
};

/** Where a part of the list begins: after a place, before one, or after so many. */
export type ListStart = { after?: ListPlace; before?: ListPlace; offset?: number };

export type PublicRow = PublicFields & Pick<PublicSignatory, "country" | "publishedAt"> & ListPlace;

/** The columns of `public_signatory p` that the list reads. */
export const ROW = Prisma.raw(
  [
    ...["p.section::text AS section", 'p.sort_key AS "sortKey"', "p.id::text AS id", "p.country"],
    ...[...PUBLIC_FIELDS.map((field) => `p.${field}`), 'p.published_at AS "publishedAt"'],
  ].join(", "),
);

/**
 * Reads a part of a letter's public list: organisations first, then experts, then others, by name. An index has that order,
 * for each filter: what a part costs does not depend on how long the list is.
 * @param limit how many at most
 */
export async function readPublicList(
  db: Database,
  letterId: string,
  filter: ListFilter,
  { after, before, offset = 0 }: ListStart,
  limit: number,
): Promise<ListPart> {
  const backwards = before !== undefined;
  const place = before ?? after;
  const rows = await db.$queryRaw<PublicRow[]>`
    SELECT ${ROW} FROM public_signatory p
    WHERE ${filterConditions(letterId, filter)} ${place ? Prisma.sql`AND ${beyond(place, backwards)}` : Prisma.empty}
    ORDER BY ${listOrder(backwards)} LIMIT ${limit + 1} OFFSET ${offset}`;
  const shown = backwards ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const more = rows.length > limit;
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    signatories: shown.map(toPublic),
    next: last && (more || backwards) ? placeOf(last) : null,
    previous: first && (backwards ? more : place || offset > 0) ? placeOf(first) : null,
  };
}

export const placeOf = ({ section, sortKey, id }: ListPlace): ListPlace => ({ section, sortKey, id });

export function toPublic({ section, sortKey: _, id: __, ...row }: PublicRow): PublicSignatory {
  const kind = section === "ORGANISATIONS" ? "organisation" : "individual";
  return { ...row, kind, expert: section === "EXPERTS" };
}
