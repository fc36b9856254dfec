import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import { Prisma } from "@/prisma/generated/client";
import type { ListOrder, ListSection } from "@/prisma/generated/enums";

/** Which signatories: of a kind, of one country, whose name or affiliation contains words. */
export type ListFilter = { kind?: ListKind | typeof EARLIER; country?: string; q?: string };

export const LIST_KINDS = ["organisation", "individual", "expert"] as const;
export type ListKind = (typeof LIST_KINDS)[number];

const SECTIONS: Record<ListKind, ListSection[]> = {
  organisation: ["ORGANISATIONS"],
  expert: ["EXPERTS"],
  individual: ["EXPERTS", "OTHERS"],
};

/** Those who signed an earlier version and did not confirm a later one in time: a list of its own. */
export const EARLIER = "earlier" as const;

const EARLIER_SECTIONS: ListSection[] = ["EARLIER_ORGANISATIONS", "EARLIER_EXPERTS", "EARLIER_OTHERS"];
const COUNTED_SECTIONS: ListSection[] = ["ORGANISATIONS", "EXPERTS", "OTHERS"];

/** The sections of a kind, which follow one another in the list. */
export function sectionsOf(kind: ListFilter["kind"]): ListSection[] {
  if (kind === EARLIER) return EARLIER_SECTIONS;
  return kind ? SECTIONS[kind] : COUNTED_SECTIONS;
}

/**
 * The place of a signatory in the list's order: by a name or by a time, as its key is one. Of equal ones `id` decides, which
 * is chance: nobody came first.
 */
export type ListPlace = { by: ListOrder; section: ListSection; sortKey: string; id: string };

/** The collation of the list's order, which its indexes are made with. */
export const COLLATION = "und-x-icu";

/**
 * What the list is sorted by within a section: each is a column of its own index, after section, or country
 * and section.
 */
const KEYS = {
  NAME: { column: Prisma.raw(`p.sort_key COLLATE "${COLLATION}"`), type: Prisma.raw("text") },
  TIME: { column: Prisma.raw("p.signed_at"), type: Prisma.raw("timestamptz") },
} as const satisfies Record<ListOrder, object>;

/** The conditions for a kind and a country, each of which an index of `public_signatory p` answers in the list's order. */
export function filterConditions(letterId: string, { kind, country }: ListFilter): Prisma.Sql {
  const sections = sectionsOf(kind);
  const parts = [
    Prisma.sql`p.letter_id = ${letterId}::uuid`,
    // Only names of individuals are ever hidden.
    sections.every((section) => section.endsWith("ORGANISATIONS"))
      ? []
      : Prisma.sql`NOT ${hiddenEntry(letterId)}`,
    country ? Prisma.sql`p.country = ${country}` : [],
    // Of several a range: an index reads it in order.
    Prisma.sql`p.section BETWEEN ${sections.at(0)}::"ListSection" AND ${sections.at(-1)}::"ListSection"`,
  ].flat();
  return Prisma.join(parts, " AND ");
}

/** The list's order, or the other way round. */
export const listOrder = (by: ListOrder, backwards: boolean) => {
  const way = Prisma.raw(backwards ? "DESC" : "ASC");
  return Prisma.sql`p.section ${way}, ${KEYS[by].column} ${way}, p.id ${way}`;
};

/** What comes after a place in the list's order, or before it. */
export function beyond({ by, section, sortKey, id }: ListPlace, backwards: boolean): Prisma.Sql {
  const { column, type } = KEYS[by];
  const way = Prisma.raw(backwards ? "<" : ">");
  return Prisma.sql`(p.section, ${column}, p.id) ${way} (${section}::"ListSection", ${sortKey}::${type}, ${id}::uuid)`;
}
