import { type Database, db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

type Explained = { plan: string; ms: number };

/**
 * The plans of all that something reads, made as if no table could be read to its end and nothing be sorted: what still
 * does so has no index that serves it.
 */
export async function explained(read: (on: Database) => Promise<unknown>): Promise<string[]> {
  const plans = await plansOf(read, Prisma.raw("EXPLAIN"), async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    await tx.$executeRaw`SET LOCAL enable_sort = off`;
  });
  return plans.map(({ plan }) => plan);
}

/** The plans as they are, with what they did, and how long each took. */
export const analysed = (read: (on: Database) => Promise<unknown>) =>
  plansOf(read, Prisma.raw("EXPLAIN (ANALYZE, TIMING OFF)"));

async function plansOf(
  read: (on: Database) => Promise<unknown>,
  explain: Prisma.Sql,
  prepare?: (tx: Tx) => Promise<void>,
): Promise<Explained[]> {
  const plans: Explained[] = [];
  await db.$transaction(async (tx) => {
    await prepare?.(tx);
    const recording = {
      $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => {
        const query = Prisma.sql(strings, ...values);
        const lines = await tx.$queryRaw<{ "QUERY PLAN": string }[]>`${explain} ${query}`;
        const begun = performance.now();
        const rows = await tx.$queryRaw(query);
        plans.push({
          plan: lines.map((line) => line["QUERY PLAN"]).join("\n"),
          ms: performance.now() - begun,
        });
        return rows;
      },
    };
    await read(recording as unknown as Database);
  });
  return plans;
}
