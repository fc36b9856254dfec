import type { Database } from "@/lib/db/client";
import { addUp, type CountedRow, type KeptRow, type Tally } from "@/lib/tally/rules";

/** The kept counts of a letter, row by row, in no order. */
export function keptRows(db: Database, letterId: string): Promise<KeptRow[]> {
  return db.letterTally.findMany({ where: { letterId }, omit: { letterId: true } });
}

/** The counts of a letter as readers see them. */
export async function readTally(db: Database, letterId: string): Promise<Tally> {
  return addUp(await keptRows(db, letterId));
}

/** The counts of a letter, counted afresh from its approved signatures. For checking what is kept. */
export function countRows(db: Database, letterId: string): Promise<CountedRow[]> {
  return db.$queryRaw<CountedRow[]>`
    SELECT s.kind::text AS kind, s.country, count(*)::int AS approved,
           count(*) FILTER (WHERE s.expert)::int AS experts,
           count(*) FILTER (WHERE g.visibility = 'WITHHELD')::int AS withheld,
           count(*) FILTER (WHERE g.visibility = 'WITHHELD' AND s.expert)::int AS "withheldExperts"
    FROM signature g JOIN signatory s ON s.id = g.signatory_id
    WHERE g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED'
    GROUP BY s.kind, s.country`;
}
