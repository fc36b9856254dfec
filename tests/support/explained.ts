import { type Database, db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/**
 * The plans of all that something reads, made as if no table could be read to its end and nothing be sorted: what still
 * does so has no index that serves it.
 */
export async function explained(read: (on: Database) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    await tx.$executeRaw`SET LOCAL enable_sort = off`;
    const recording = {
      $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => {
        const query = Prisma.sql(strings, ...values);
        const lines = await tx.$queryRaw<{ "QUERY PLAN": string }[]>`EXPLAIN ${query}`;
        plans.push(lines.map((line) => line["QUERY PLAN"]).join("\n"));
        return tx.$queryRaw(query);
      },
    };
    await read(recording as unknown as Database);
  });
  return plans;
}
