import type { Database } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** How many decisions tell how long one usually takes, and how few tell nothing. */
const DECISIONS = { most: 50, least: 5 } as const;

/**
 * How long a decision on a letter's signatures usually takes, from the confirmation on: the median of the last 50, in
 * milliseconds; null where there were too few.
 */
export async function usualDecisionMs(db: Database, letterId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ count: number; ms: number | null }[]>`
    SELECT count(*)::int, (percentile_cont(0.5) WITHIN GROUP (
      ORDER BY extract(epoch FROM decided_at - verified_at)) * 1000)::float8 AS ms
    FROM (
      SELECT decided_at, verified_at FROM (
        (${lastOf(letterId, "APPROVED")}) UNION ALL (${lastOf(letterId, "REJECTED")})) both_kinds
      ORDER BY decided_at DESC LIMIT ${DECISIONS.most}) decided`;
  return row && row.count >= DECISIONS.least ? row.ms : null;
}

// Each in the order of an index.
const lastOf = (letterId: string, state: "APPROVED" | "REJECTED") => Prisma.sql`
  SELECT decided_at, verified_at FROM signature
  WHERE letter_id = ${letterId}::uuid AND state = ${state}::"SignatureState"
    AND decided_at IS NOT NULL AND verified_at IS NOT NULL
  ORDER BY decided_at DESC LIMIT ${DECISIONS.most}`;
