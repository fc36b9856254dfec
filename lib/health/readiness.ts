import { db } from "@/lib/db/client";

/** Whether the database and the queue in it can be reached now. */
export async function readiness(): Promise<{ database: boolean; queue: boolean }> {
  const reach = (query: Promise<unknown>) => query.then(() => true).catch(() => false);
  const [database, queue] = await Promise.all([
    reach(db.$queryRaw`SELECT 1 FROM letter LIMIT 1`),
    reach(db.$queryRaw`SELECT 1 FROM pgboss.queue LIMIT 1`),
  ]);
  return { database, queue };
}
