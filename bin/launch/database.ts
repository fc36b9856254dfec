import pg from "pg";
import { StartError } from "@/bin/launch/start-error";
import { migrate } from "@/lib/db/migrate";
import { MigrationFailed } from "@/lib/db/schema-engine";
import { errorCode } from "@/lib/errors";
import { prepareQueue } from "@/lib/jobs/prepare-queue";
import { fillMissingForms } from "@/lib/signatories/reindex-list";

/** @throws StartError that names the server when it cannot be reached or does not let us in */
export async function demandDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { hostname, port } = new URL(databaseUrl);
    const why = errorCode(error) ?? String(error);
    throw new StartError(
      `We can’t reach the database at ${hostname}:${port || 5432} (${why}). Check DATABASE_URL.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Brings the database's tables, what the list is found by, and the queue up to this version. @returns the migrations applied */
export async function prepareDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await migrate(databaseUrl).catch((error) => {
    if (!(error instanceof MigrationFailed)) throw error;
    throw new StartError(
      [
        `We could not bring the database up to this version. PostgreSQL refused ${error.message}`,
        "Nothing of this step was done and nothing is lost. Fix what it says and start again: it goes on from there.",
      ].join("\n"),
    );
  });
  await fillMissingForms(databaseUrl);
  await prepareQueue(databaseUrl);
  return applied;
}
