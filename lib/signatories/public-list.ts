import type { Database } from "@/lib/db/client";
import { foldName } from "@/lib/fields/names/rules";
import { PUBLIC_FIELDS, type PublicFields } from "@/lib/signatures/engine/public-columns";
import { Prisma } from "@/prisma/generated/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** A signatory as the public sees it: without an id, which would tell when the form was sent. */
export type PublicSignatory = PublicFields & {
  kind: "organisation" | "individual";
  country: string;
  expert: boolean;
  publishedAt: Date;
};

/** Which signatories: of one kind, of one country, whose name contains a text. */
export type ListFilter = { kind?: SignatoryKind; country?: string; q?: string };

/** The place of a signatory in the list's order. Of equal names `tie` decides, which is chance: nobody came first. */
export type ListPlace = { kind: SignatoryKind; expert: boolean; folded: string; tie: string };

/** Where a part of the list begins: after a place, or after so many. */
export type ListStart = { after?: ListPlace; offset?: number };

type Row = Omit<PublicSignatory, "kind"> & { kind: SignatoryKind; folded: string; tie: string };

const FIELDS = Prisma.raw(PUBLIC_FIELDS.map((field) => `s.${field}`).join(", "));

/** The end of an id, all random; its beginning is a time. */
const TIE = Prisma.sql`right(s.id::text, 12)`;

/**
 * Reads a part of a letter's public list: approved and public signatures only, organisations before individuals,
 * experts before others, by name.
 * @param limit how many at most
 * @returns the signatories and, where more follow, the place to go on after
 */
export async function readPublicList(
  db: Database,
  letterId: string,
  filter: ListFilter,
  start: ListStart,
  limit: number,
): Promise<{ signatories: PublicSignatory[]; next: ListPlace | null }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${TIE} AS tie, s.kind::text AS kind, s.country, ${FIELDS}, s.expert, s.folded, g.published_at AS "publishedAt"
    FROM signature g JOIN signatory s ON s.id = g.signatory_id
    WHERE ${Prisma.join(conditions(letterId, filter, start), " AND ")}
    ORDER BY s.kind, NOT s.expert, s.folded COLLATE "und-x-icu", tie
    LIMIT ${limit + 1} OFFSET ${start.offset ?? 0}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last
      ? { kind: last.kind, expert: last.expert, folded: last.folded, tie: last.tie }
      : null;
  return { signatories: shown.map(toPublic), next };
}

function conditions(letterId: string, { kind, country, q }: ListFilter, { after }: ListStart): Prisma.Sql[] {
  const name = q ? foldName(q).replace(/[\\%_]/g, "\\$&") : "";
  return [
    Prisma.sql`g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED' AND g.visibility = 'PUBLIC'`,
    kind ? Prisma.sql`s.kind = ${kind}::"SignatoryKind"` : [],
    country ? Prisma.sql`s.country = ${country}` : [],
    name ? Prisma.sql`s.folded LIKE ${`%${name}%`}` : [],
    after
      ? Prisma.sql`(s.kind, NOT s.expert, s.folded COLLATE "und-x-icu", ${TIE}) >
          (${after.kind}::"SignatoryKind", ${!after.expert}, ${after.folded}, ${after.tie})`
      : [],
  ].flat();
}

function toPublic({ folded: _, tie: __, kind, ...row }: Row): PublicSignatory {
  return { ...row, kind: kind === "ORGANISATION" ? "organisation" : "individual" };
}
