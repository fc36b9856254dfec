import { spawn } from "node:child_process";
import pg from "pg";
import { prepareDatabase } from "@/bin/launch/database";
import { say } from "@/bin/launch/progress";
import { program } from "@/bin/launch/services";
import { StartError } from "@/bin/launch/start-error";
import { PROJECT } from "@/lib/project-folder";
import { LOCAL_DATABASE, type LocalDatabase } from "./local-database";

/** The local database with tables and, when it is new, the sample letter. */
export async function prepareLocalDatabase(
  server: LocalDatabase,
  environment: Record<string, string>,
): Promise<void> {
  const prepare = async (url: string) => {
    const applied = await prepareDatabase(url);
    if (applied.length > 0)
      say(`Applied ${applied.length === 1 ? "one migration" : `${applied.length} migrations`}.`);
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

/** Loads the sample letter into a database without letters, unless SAMPLE says none; says so where it is there already. */
export async function loadSampleIfEmpty(environment: Record<string, string>): Promise<void> {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(
    "SELECT EXISTS (SELECT 1 FROM letter) AS letters, EXISTS (SELECT 1 FROM letter WHERE slug = 'uyghurs') AS sample",
  );
  await client.end();
  const [{ letters, sample }] = rows;
  if (process.env.SAMPLE?.trim() === "none") {
    if (sample)
      say(
        "The sample letter is in this data folder already, and SAMPLE=none doesn’t remove it.\n" +
          "For an empty site, use another folder: SAMPLE=none DATA_DIR=.data/empty npm start",
      );
    return;
  }
  if (letters) return;
  say("Loading the sample letter …");
  await run("dev/seed", environment);
}

/** Runs a program to its end. @throws StartError when it fails */
async function run(name: string, environment: Record<string, string>): Promise<void> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, program(name), {
    cwd: PROJECT,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  if (code !== 0) throw new StartError(`${name} failed. The reason is above.`);
}
