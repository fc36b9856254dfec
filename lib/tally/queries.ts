import type { Database } from "@/lib/db/client";
import { addUp, type CountedRow, type Tally } from "@/lib/tally/rules";

const ROW = { kind: true, country: true, approved: true, experts: true, withheld: true } as const;

/** The kept counts of a letter. */
export async function readTally(db: Database, letterId: string): Promise<Tally> {
  return addUp(await db.letterTally.findMany({ where: { letterId }, select: ROW }));
}

/** The counts of a letter, counted afresh from its approved signatures. For checking what is kept. */
export function countRows(db: Database, letterId: string): Promise<CountedRow[]> {
  return db.$queryRaw<CountedRow[]>`
    SELECT s.kind::text AS kind, s.country, count(*)::int AS approved,
           count(*) FILTER (WHERE s.expert)::int AS experts,
           count(*) FILTER (WHERE g.visibility = 'WITHHELD')::int AS withheld
    FROM signature g JOIN signatory s ON s.id = g.signatory_id
    WHERE g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED'
    GROUP BY s.kind, s.country`;
}
