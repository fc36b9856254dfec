import { db } from "@/lib/db/client";
import { CLEAR_TRACES } from "@/lib/signatures/erasure/clear-traces";
import type { RewriteProblem } from "@/lib/signatures/erasure/rewrite-problem";

/** How what was erased stands, until nothing of it is left in the database's files. */
type Traces = {
  /** Erasures whose pages were not written afresh yet, and for how many seconds the oldest has waited. */
  waiting: number;
  age: number;
  /** Erasures that the file outside the database should have by now, and does not. */
  unnoted: number;
  /** Why the last attempt failed; null where it went well. */
  problem: RewriteProblem | "failed" | null;
};

export async function traces(): Promise<Traces> {
  const [row] = await db.$queryRaw<Traces[]>`
    SELECT count(*)::int AS waiting, coalesce(extract(epoch FROM now() - min(at)), 0)::float8 AS age,
      count(*) FILTER (WHERE NOT noted AND hash IS NOT NULL AND at < now() - interval '10 minutes')::int AS unnoted,
      (SELECT problem FROM upkeep WHERE task = ${CLEAR_TRACES}) AS problem
    FROM erasure`;
  return row ?? { waiting: 0, age: 0, unnoted: 0, problem: null };
}
