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

/** The local database with tables and, when it is new, the sample letter. */
export async function prepareLocalDatabase(
  server: LocalDatabase,
  environment: Record<string, string>,
): Promise<void> {
  const prepare = async (url: string) => {
    await prepareDatabase(url);
    await loadSampleIfEmpty({ ...environment, DATABASE_URL: url });
  };
  if (!(await makeLocalDatabase(server, prepare))) await prepare(server.url(LOCAL_DATABASE));
}

/**
 * Makes the local database, unless there is one. It gets its name when it is filled, so that a first start that was cut
 * off leaves nothing half done.
 * @returns whether it was made
 */
export async function makeLocalDatabase(
  server: LocalDatabase,
  fill: (url: string) => Promise<void>,
): Promise<boolean> {
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  try {
    const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [LOCAL_DATABASE]);
    if (rowCount !== 0) return false;
    const name = `${LOCAL_DATABASE}_new`;
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
    await fill(server.url(name));
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    await admin.query(`ALTER DATABASE ${name} RENAME TO ${LOCAL_DATABASE}`);
    return true;
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
