import { PgBoss } from "pg-boss";
import { SENDS_ONLY } from "@/lib/jobs/queue";
import { JOBS } from "@/lib/jobs/registry";

/**
 * Makes or migrates the queue's own tables, and a queue for each kind of job. Belongs to the migrations: neither the web
 * nor the worker changes tables.
 * @param others names of queues that an earlier version had
 */
export async function prepareQueue(databaseUrl: string, others: string[] = []): Promise<void> {
  const tables = { migrate: true, createSchema: true, max: 2 };
  const boss = new PgBoss({ ...SENDS_ONLY, ...tables, connectionString: databaseUrl });
  const failed = new Promise<never>((_, reject) => boss.on("error", reject));
  try {
    await Promise.race([failed, makeQueues(boss, others)]);
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function makeQueues(boss: PgBoss, others: string[]): Promise<void> {
  await boss.start();
  for (const { name, options } of JOBS) {
    await boss.createQueue(name, options);
    const { policy, ...changeable } = options;
    await boss.updateQueue(name, changeable);
  }
  for (const name of others) await boss.createQueue(name);
}
