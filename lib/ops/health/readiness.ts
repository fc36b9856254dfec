import { db } from "@/lib/db/client";
import { within } from "@/lib/http/deadline";
import { askedSeldom } from "@/lib/ops/health/asked-seldom";
import { currentPhase } from "@/lib/ops/health/phase";

/** Who asks for readiness asks often, and wants to know now. */
const PATIENCE_MS = 2_000;
/** Anybody may ask; the database is asked this often for all of them together. */
const SHARED_MS = 1_000;

/**
 * Whether the database and the queue in it can be reached, whether its disk has room (all as they were a second ago at
 * most), and whether the process takes new work: it has loaded what visitors need first, and is not stopping.
 */
export async function readiness() {
  return { ...(await reachable()), phase: currentPhase() };
}

const reachable = askedSeldom(SHARED_MS, async () => {
  const [database, queue, disk] = await Promise.all([
    works(db.$queryRaw`SELECT 1 FROM letter LIMIT 1`),
    works(db.$queryRaw`SELECT 1 FROM pgboss.queue LIMIT 1`),
    works(writeToDisk()),
  ]);
  return { database, queue, disk };
});

const works = (query: Promise<unknown>) =>
  within(PATIENCE_MS, query).then(
    () => true,
    () => false,
  );

/** Has PostgreSQL put a megabyte into a file of its own, which ends with the statement: no table grows. */
function writeToDisk(): Promise<unknown> {
  return db.$transaction([
    db.$executeRaw`SET LOCAL work_mem = '64kB'`,
    db.$queryRaw`
      WITH kept AS MATERIALIZED (SELECT repeat('x', 10000) AS text FROM generate_series(1, 100))
      SELECT count(text)::int FROM kept`,
  ]);
}
