import { addUp, type CountedRow, type KeptRow, type Tally } from "@/lib/counts/rules";
import type { Database } from "@/lib/db/client";
import { countryOf } from "@/lib/signatures/encrypted-origin";

/** The kept counts of a letter, row by row, in no order. */
export function keptRows(db: Database, letterId: string): Promise<KeptRow[]> {
  return db.letterTally.findMany({ where: { letterId }, omit: { letterId: true } });
}

/** The counts of a letter as readers see them. */
export async function readTally(db: Database, letterId: string): Promise<Tally> {
  return addUp(await keptRows(db, letterId));
}

/**
 * The counts of a letter, counted afresh from its approved signatures. For checking what is kept: the countries of those
 * that are not shown are opened one by one.
 */
export async function countRows(db: Database, letterId: string): Promise<CountedRow[]> {
  const counted = new Map<string, CountedRow>();
  for (const { id, wrapped, encryptedCountry, ...group } of await approvedGroups(db, letterId)) {
    const country = group.country ?? countryOf(id, wrapped === null ? null : { wrapped }, encryptedCountry);
    const row = counted.get(`${group.kind}:${country}`);
    if (row) for (const part of PARTS) row[part] += group[part];
    else counted.set(`${group.kind}:${country}`, { ...group, country });
  }
  return [...counted.values()];
}

const PARTS = ["approved", "experts", "withheld", "withheldExperts"] as const;

type Group = Omit<CountedRow, "country"> & {
  id: string;
  country: string | null;
  encryptedCountry: string | null;
  wrapped: string | null;
};

/** Of shown ones a row for each kind and country, of others one for each signature. */
function approvedGroups(db: Database, letterId: string): Promise<Group[]> {
  return db.$queryRaw<Group[]>`
    SELECT min(g.id::text) AS id, s.kind::text AS kind, p.country, count(*)::int AS approved,
           count(*) FILTER (WHERE s.expert)::int AS experts,
           count(*) FILTER (WHERE g.visibility = 'WITHHELD' OR g.concealed)::int AS withheld,
           count(*) FILTER (WHERE (g.visibility = 'WITHHELD' OR g.concealed) AND s.expert)::int AS "withheldExperts",
           CASE WHEN p.country IS NULL THEN s.encrypted_country END AS "encryptedCountry",
           CASE WHEN p.country IS NULL THEN k.wrapped END AS wrapped
    FROM signature g JOIN signatory s ON s.id = g.signatory_id LEFT JOIN signature_key k ON k.signature_id = g.id
      LEFT JOIN public_signatory p ON p.signature_id = g.id
    WHERE g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED' AND NOT g.earlier
    GROUP BY s.kind, p.country, 8, 9`;
}
