import { Prisma } from "@/prisma/generated/client";
import type { ListSection } from "@/prisma/generated/enums";

/** Which signatories: of a kind, of one country, whose name or affiliation contains words. */
export type ListFilter = { kind?: ListKind; country?: string; q?: string };

export const LIST_KINDS = ["organisation", "individual", "expert"] as const;
export type ListKind = (typeof LIST_KINDS)[number];

const SECTIONS: Record<ListKind, ListSection[]> = {
  organisation: ["ORGANISATIONS"],
  expert: ["EXPERTS"],
  individual: ["EXPERTS", "OTHERS"],
};

/** The sections of a kind, which follow one another in the list. */
export const sectionsOf = (kind: ListKind) => SECTIONS[kind];

/** The place of a signatory in the list's order. Of equal names `id` decides, which is chance: nobody came first. */
export type ListPlace = { section: ListSection; sortKey: string; id: string };

/** The collation of the list's order, which its indexes are made with. */
export const COLLATION = "und-x-icu";

const KEY = Prisma.raw(`p.sort_key COLLATE "${COLLATION}"`);

/** The conditions for a kind and a country, each of which an index of `public_signatory p` answers in the list's order. */
export function filterConditions(letterId: string, { kind, country }: ListFilter): Prisma.Sql {
  const sections = kind ? sectionsOf(kind) : [];
  const parts = [
    Prisma.sql`p.letter_id = ${letterId}::uuid`,
    country ? Prisma.sql`p.country = ${country}` : [],
    // Of several a range: an index reads it in order.
    kind
      ? Prisma.sql`p.section BETWEEN ${sections.at(0)}::"ListSection" AND ${sections.at(-1)}::"ListSection"`
      : [],
  ].flat();
  return Prisma.join(parts, " AND ");
}

/** The list's order, or the other way round. */
export const listOrder = (backwards: boolean) => {
  const way = Prisma.raw(backwards ? "DESC" : "ASC");
  return Prisma.sql`p.section ${way}, ${KEY} ${way}, p.id ${way}`;
};

/** What comes after a place in the list's order, or before it. */
export const beyond = ({ section, sortKey, id }: ListPlace, backwards: boolean) =>
  Prisma.sql`(p.section, ${KEY}, p.id) ${Prisma.raw(backwards ? "<" : ">")} (${section}::"ListSection", ${sortKey}, ${id}::uuid)`;
