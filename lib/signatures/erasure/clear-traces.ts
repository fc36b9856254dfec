import pg from "pg";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/ops/log/log";
import { dropWal } from "@/lib/signatures/erasure/drop-wal";
import { RewriteError } from "@/lib/signatures/erasure/rewrite-problem";
import { rewriteTables } from "@/lib/signatures/erasure/rewrite-tables";

/** The name of this task in the table of upkeep. */
export const CLEAR_TRACES = "clear-traces";

/**
 * Takes what was erased, hidden or corrected out of the database's files: tables, samples, write-ahead log. Meant for a
 * quiet hour: each table is closed to everybody while it is written afresh.
 * @param tries how often a table that others hold is tried
 * @returns how many erasures have no traces left; none where there was nothing to do
 * @throws RewriteError, and what the database says; the failure is noted for the overview and the metrics
 */
export async function clearTraces(now: Date, tries?: number): Promise<number> {
  const due = await db.erasure.findMany({ select: { id: true } });
  if (due.length === 0) return 0;
  try {
    await rewriteAll(tries);
  } catch (error) {
    await noteFailure(error, now);
    throw error;
  }
  // Those that the file outside the database does not have yet stay, whatever their pages hold.
  const done = { id: { in: due.map(({ id }) => id) }, OR: [{ noted: true }, { hash: null }] };
  const { count } = await db.erasure.deleteMany({ where: done });
  await noteRun({ doneAt: now, failedAt: null, problem: null });
  log.info("deleted data is out of the database's files", { erasures: count });
  return count;
}

/** Over a connection of its own, which may take its time. */
async function rewriteAll(tries?: number): Promise<void> {
  const client = new pg.Client({
    connectionString: env().databaseUrl,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await rewriteTables(client, tries);
    if (!(await dropWal(client))) log.info("the write-ahead log is left to the server's own checkpoints");
  } finally {
    await client.end();
  }
}

async function noteFailure(error: unknown, now: Date): Promise<void> {
  const { problem, table } = error instanceof RewriteError ? error : { problem: "failed", table: undefined };
  log.error("deleted data is still in the database's files", error, { problem, table });
  await noteRun({ failedAt: now, problem });
}

async function noteRun(data: {
  doneAt?: Date;
  failedAt: Date | null;
  problem: string | null;
}): Promise<void> {
  await db.upkeep.upsert({
    where: { task: CLEAR_TRACES },
    create: { task: CLEAR_TRACES, ...data },
    update: data,
    select: { task: true },
  });
}
