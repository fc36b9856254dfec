import { readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { say } from "@/bin/launch/progress";
import { StartError } from "@/bin/launch/start-error";
import { isAlive } from "./alive";
import type { DataFolder } from "./data-folder";
import { type PostgresServer, postgresUrl, startPostgres } from "./postgres";

/** The embedded database while a command uses it. */
export type LocalDatabase = { url(database: string): string; stop(): Promise<void> };

export const LOCAL_DATABASE = "undersigned";
/** Held by the command that runs the server; any fixed number. */
const RUNNER_LOCK = 7_305_261_119;

/** The address of the database that another command runs on this data folder, if one does. */
export async function runningDatabase(data: DataFolder): Promise<string | null> {
  const server = await readPidFile(data);
  if (!server) return null;
  const client = await claim(postgresUrl(server.port, data.password, "postgres"));
  if (client === "taken") return postgresUrl(server.port, data.password, LOCAL_DATABASE);
  await client?.end();
  return null;
}

/**
 * Starts the embedded database on the data folder and keeps it running until it is stopped.
 * @throws StartError when another command runs on the same folder
 */
export async function startLocalDatabase(data: DataFolder): Promise<LocalDatabase> {
  if (await runningDatabase(data)) throw alreadyRunning(data);
  await endOrphan(data);
  const cluster = { folder: data.cluster, password: data.password };
  let server = await startPostgres(cluster);
  const owner = await claim(server.url("postgres"));
  if (owner === "taken" || owner === null) throw alreadyRunning(data);
  let stopping = false;
  const revive = async (ended: PostgresServer): Promise<void> => {
    await ended.ended;
    if (stopping) return;
    say("The database stopped unexpectedly. Starting it again.");
    server = await restart({ ...cluster, port: ended.port });
    await claim(server.url("postgres"));
    void revive(server);
  };
  void revive(server);
  const stop = async () => {
    stopping = true;
    await server.stop();
  };
  return { url: server.url, stop };
}

/** Two commands cannot run the services of one data folder. */
export function alreadyRunning(data: DataFolder): StartError {
  return new StartError(
    `Undersigned is already running on ${data.path}. Stop it first, or set DATA_DIR to another folder.`,
  );
}

/** After a crash the old server's processes need a moment to notice. */
async function restart(cluster: { folder: string; password: string; port: number }): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startPostgres(cluster);
    } catch (error) {
      if (attempt === 10) throw error;
      await pause(300 * attempt);
    }
  }
}

/** A connection that holds the lock, "taken" when another holds it, null when no server answers. */
async function claim(url: string): Promise<pg.Client | "taken" | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS got", [RUNNER_LOCK]);
    if (rows[0].got) return client;
    await client.end();
    return "taken";
  } catch {
    return null;
  }
}

async function readPidFile(data: DataFolder): Promise<{ pid: number; port: number } | null> {
  const text = await readFile(join(data.cluster, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port] = text.split("\n").map(Number);
  return pid && port && isAlive(pid) ? { pid, port } : null;
}

/**
 * Waits for the server of a command that was killed: it is stopping by itself already, or is told to. Its pid
 * file is removed once no process works in the folder: PostgreSQL would take a zombie, or a stranger that has
 * the number now, for its server.
 */
async function endOrphan(data: DataFolder): Promise<void> {
  for (let waited = 0; waited < 100; waited += 1) {
    const orphan = await readPidFile(data);
    if (!orphan) return;
    if ((await processesIn(data.cluster))?.length === 0) return rm(join(data.cluster, "postmaster.pid"));
    if (waited === 0) say("The last start was cut off. Stopping its database first …");
    if (waited === 10) process.kill(orphan.pid, "SIGINT");
    await pause(200);
  }
  throw new StartError(`An older PostgreSQL is still running on ${data.cluster}. Stop it first.`);
}

/** The processes whose current folder this is, as all of PostgreSQL's have; null where /proc is missing. */
async function processesIn(folder: string): Promise<string[] | null> {
  const entries = await readdir("/proc").catch(() => null);
  if (!entries) return null;
  const place = await realpath(folder);
  const found = entries
    .filter((name) => /^\d+$/.test(name))
    .map(async (name) => ((await readlink(`/proc/${name}/cwd`).catch(() => "")) === place ? name : ""));
  return (await Promise.all(found)).filter(Boolean);
}
