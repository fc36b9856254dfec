import { db } from "@/lib/db/client";
import { isStopping } from "@/lib/health/stopping";
import { within } from "@/lib/http/deadline";

/** Who asks for readiness asks often, and wants to know now. */
const PATIENCE_MS = 2_000;

/** Whether the database and the queue in it can be reached now, and whether the process takes new work. */
export async function readiness(): Promise<{ database: boolean; queue: boolean; stopping: boolean }> {
  const reach = (query: Promise<unknown>) =>
    within(PATIENCE_MS, query).then(
      () => true,
      () => false,
    );
  const [database, queue] = await Promise.all([
    reach(db.$queryRaw`SELECT 1 FROM letter LIMIT 1`),
    reach(db.$queryRaw`SELECT 1 FROM pgboss.queue LIMIT 1`),
  ]);
  return { database, queue, stopping: isStopping() };
}
