import { expect } from "vitest";
import { listenForChanges } from "@/lib/cache/listen";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";

/**
 * Lets this process hear of changes as a web process does, from the moment at which it has begun to listen.
 * @returns a function that ends it
 */
export async function listening(): Promise<() => Promise<void>> {
  const { stop } = listenForChanges(env().databaseUrl);
  const heard = () =>
    db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN %' AND state = 'idle'`;
  await expect.poll(async () => (await heard()).length, { timeout: 5_000 }).toBeGreaterThan(0);
  return stop;
}
