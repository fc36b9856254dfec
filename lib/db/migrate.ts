import pg from "pg";
import { readMigrations } from "@/lib/db/migrations-folder";
import { applyMigrationList, SCRIPT_LOCK } from "@/lib/db/schema-engine";

/** Any fixed number: instances that start together wait for each other on it. */
export const MIGRATION_LOCK = 7_305_261_118;

/**
 * Brings a database up to the migrations of this checkout, one instance at a time.
 * Returns the names of the migrations applied, none when it was up to date already.
 * @param only the names of those to apply, and no others
 */
export async function migrate(databaseUrl: string, only?: string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("SET lock_timeout = '5min'");
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await forgetInterrupted(client);
    return await applyMigrationList(databaseUrl, await readMigrations(only));
  } finally {
    await client.end();
  }
}

/** What was begun and not noted as done has left nothing behind: it is done again. A script that still runs is waited for. */
async function forgetInterrupted(client: pg.Client): Promise<void> {
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock($1)", [SCRIPT_LOCK]);
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS begun");
  if (rows[0].begun)
    await client.query("DELETE FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL");
  await client.query("COMMIT");
}
