import { spawn } from "node:child_process";
import pg from "pg";
import { migrate } from "@/lib/cli/migrate";
import { PROJECT } from "./data-folder";
import { LOCAL_DATABASE, type LocalDatabase } from "./local-database";
import { say } from "./progress";
import { typescript } from "./services";
import { StartError } from "./start-error";

/** @throws StartError that names the server when it cannot be reached or does not let us in */
export async function demandDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { hostname, port } = new URL(databaseUrl);
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The database at ${hostname}:${port || 5432} cannot be reached (${code ?? message}).`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Brings the database's tables and the queue's up to this checkout. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  const applied = await migrate(databaseUrl);
  if (applied.length > 0)
    say(`Applied ${applied.length === 1 ? "one migration" : `${applied.length} migrations`}.`);
  const { prepareQueue } = await import("@/lib/jobs/queue");
  await prepareQueue(databaseUrl);
}

/**
 * The local database with tables and sample letter. A new one gets its name when it is complete, so that a
 * first start that was cut off leaves nothing half done.
 */
export async function prepareLocalDatabase(
  server: LocalDatabase,
  environment: Record<string, string>,
): Promise<void> {
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  try {
    const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [LOCAL_DATABASE]);
    const name = rowCount === 0 ? `${LOCAL_DATABASE}_new` : LOCAL_DATABASE;
    if (rowCount === 0) {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${name}`);
    }
    await prepareDatabase(server.url(name));
    await loadSampleIfEmpty({ ...environment, DATABASE_URL: server.url(name) });
    if (rowCount !== 0) return;
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    await admin.query(`ALTER DATABASE ${name} RENAME TO ${LOCAL_DATABASE}`);
  } finally {
    await admin.end();
  }
}

/** Loads the sample letter into a database that has no letter. */
export async function loadSampleIfEmpty(environment: Record<string, string>): Promise<void> {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query("SELECT EXISTS (SELECT 1 FROM letter) AS found");
  await client.end();
  if (rows[0].found) return;
  say("Loading the sample letter …");
  await runTypescript("prisma/seed.ts", environment);
}

/** Runs one of our files to its end. @throws StartError when it fails */
async function runTypescript(file: string, environment: Record<string, string>): Promise<void> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, typescript(file), {
    cwd: PROJECT,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  if (code !== 0) throw new StartError(`${file} failed, for the reason above.`);
}
