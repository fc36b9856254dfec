import pg from "pg";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";

// Short: anyone who signs waits for it, and a count is worth less than a signature.
const TIMEOUTS = { connectionTimeoutMillis: 800, query_timeout: 800, statement_timeout: 800 };

/**
 * The connections of the limits' counters: apart from Prisma's, because every request takes its turn at the same few
 * rows. A counter need not survive a crash of the database, so its commits do not wait for the disk.
 */
export const limiterPool = (): pg.Pool => processWide("rate-limit", connect);

function connect(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().databaseUrl,
    max: 4,
    idleTimeoutMillis: 10_000,
    allowExitOnIdle: true,
    options: "-c synchronous_commit=off",
    ...TIMEOUTS,
  });
  // A connection lost while idle is replaced at the next count.
  pool.on("error", () => undefined);
  return pool;
}

/** Forgets some of the counts whose window is over. @returns how many */
export async function forgetOldCounts(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM rate_limit WHERE key IN (
      SELECT key FROM rate_limit WHERE expire <= ${BigInt(now.getTime())}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
