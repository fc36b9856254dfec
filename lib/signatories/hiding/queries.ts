import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { type Database, db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** The countries whose individuals' names are hidden, by letter. */
export async function hiddenCountries(
  database: Database,
  letterIds: string[],
): Promise<Map<string, string[]>> {
  const rows = await database.hiddenNames.findMany({
    where: { letterId: { in: letterIds }, active: true },
    select: { letterId: true, country: true },
  });
  const countries = new Map<string, string[]>();
  for (const { letterId, country } of rows)
    countries.set(letterId, [...(countries.get(letterId) ?? []), country]);
  return countries;
}

/** Names of individuals, of `public_signatory p`. */
export const INDIVIDUALS = Prisma.sql`p.section NOT IN ('ORGANISATIONS', 'EARLIER_ORGANISATIONS')`;

/** The condition that an entry of `public_signatory p` is one whose name a letter's organiser hides. */
export const hiddenEntry = (letterId: string | Prisma.Sql) => Prisma.sql`(${INDIVIDUALS}
  AND ARRAY['', p.country::text] && ARRAY(
    SELECT h.country::text FROM hidden_names h WHERE h.letter_id = ${letterId}::uuid AND h.active))`;

/** What an organiser hides of a letter, and how far that is. */
export type Hiding = {
  id: string;
  /** Null for all. */
  country: string | null;
  since: Date;
  /** Whether it was ended, and names come back. */
  ending: boolean;
  /** How many are still to be taken off the list, or to come back, of how many. Readers see none of them. */
  left: number;
  total: number;
};

/** What is hidden of a letter now. @throws DomainError `forbidden` */
export async function hidingsOf(admin: Admin, letterId: string): Promise<Hiding[]> {
  assertMay(admin, "letter.read", letterId);
  const rows = await db.hiddenNames.findMany({ where: { letterId }, orderBy: { since: "asc" } });
  return Promise.all(
    rows.map(async ({ id, country, since, active, total, place }) => ({
      ...{ id, since, total, country: country || null, ending: !active },
      left: active ? await countListed(letterId, country) : await countConcealed(letterId, place),
    })),
  );
}

/** How many individuals of a country, or of all, the list has. */
export async function countListed(letterId: string, country: string, database: Database = db) {
  const [row] = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM public_signatory p WHERE p.letter_id = ${letterId}::uuid
      AND ${country ? Prisma.sql`p.country = ${country}` : Prisma.sql`true`} AND ${INDIVIDUALS}`;
  return row?.count ?? 0;
}

/** How many of a letter are hidden after a place: of which countries they are is encrypted. */
export const countConcealed = (letterId: string, after: string | null = null, database: Database = db) =>
  database.signature.count({ where: { letterId, concealed: true, ...(after && { id: { gt: after } }) } });
