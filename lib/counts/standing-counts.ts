import { db, type Tx } from "@/lib/db/client";
import type { HoldReason, SignatureState } from "@/prisma/generated/enums";

/** How many signatures of a letter are in a state, apart by why they are on hold. */
type StandingCount = {
  letterId: string;
  state: SignatureState;
  hold: HoldReason | null;
  count: number;
};

/** The kept counts of all letters. */
export const standingCounts = () => db.$queryRaw<StandingCount[]>`
  SELECT letter_id AS "letterId", state::text AS state, hold::text AS hold, sum(count)::int AS count
  FROM standing_count GROUP BY letter_id, state, hold HAVING sum(count) <> 0`;

/** Makes one row of all that stand for the same, in one statement: readers see the same sums. For housekeeping. */
export async function addUpStandings(): Promise<number> {
  await db.$executeRaw`
    WITH gone AS (DELETE FROM standing_count WHERE id IN (SELECT id FROM standing_count FOR UPDATE SKIP LOCKED) RETURNING *)
    INSERT INTO standing_count (letter_id, state, hold, count)
    SELECT letter_id, state, hold, sum(count) FROM gone GROUP BY letter_id, state, hold HAVING sum(count) <> 0`;
  return 0;
}

type StandingDifference = { state: string; hold: string; kept: number; counted: number };

/**
 * Counts a letter's signatures afresh and compares, in one statement.
 * @param fix adds what is missing
 */
export async function recountStandings(
  tx: Tx,
  letterId: string,
  fix: boolean,
): Promise<StandingDifference[]> {
  const differences = await tx.$queryRaw<StandingDifference[]>`
    SELECT state::text AS state, coalesce(hold::text, 'NONE') AS hold, sum(kept)::int AS kept, sum(counted)::int AS counted
    FROM (SELECT state, hold, count AS kept, 0 AS counted FROM standing_count WHERE letter_id = ${letterId}::uuid
      UNION ALL SELECT state, hold, 0, 1 FROM signature WHERE letter_id = ${letterId}::uuid) both_counts
    GROUP BY state, hold HAVING sum(kept) <> sum(counted)`;
  if (fix)
    for (const { state, hold, kept, counted } of differences)
      await tx.$executeRaw`
        INSERT INTO standing_count (letter_id, state, hold, count)
        VALUES (${letterId}::uuid, ${state}::"SignatureState", nullif(${hold}, 'NONE')::"HoldReason", ${counted - kept})`;
  return differences;
}
