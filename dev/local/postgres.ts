import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { StartError } from "@/bin/launch/start-error";
import { isAlive } from "./alive";
import { freePort } from "./ports";
import { type Account, postgresAccount } from "./postgres-account";
import { postgresPrograms } from "./postgres-programs";

/** A running server that listens on loopback only. */
export type PostgresServer = {
  port: number;
  url(database: string): string;
  /** Ends sessions and stops, waiting until the data are on disk. */
  stop(): Promise<void>;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
};

type ClusterOptions = {
  /** The cluster's own folder; its parent must be one that the account reaches. */
  folder: string;
  password: string;
  /** Settings on top of ours, as in postgresql.conf. */
  settings?: Record<string, string>;
  /** The port to listen on; one that is free unless given. */
  port?: number;
};

// The server stops when the pipe on descriptor 3 closes: it never outlives the process that started it.
const GUARD = `"$0" "$@" 3<&- & server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null &
wait "$server"; code=$?; kill "$!" 2>/dev/null; exit "$code"`;

// Unique-key violations would write the offending values into the log otherwise.
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  max_connections: "200",
  // What was erased leaves the write-ahead log at a checkpoint; recycled files would keep it for weeks.
  wal_recycle: "off",
};

export const postgresUrl = (port: number, password: string, database: string) =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;

/** Makes the cluster if there is none, and starts it on a port that is free. */
export async function startPostgres(options: ClusterOptions): Promise<PostgresServer> {
  const account = postgresAccount(options.folder);
  const programs = await postgresPrograms(account);
  if (!existsSync(options.folder)) await createCluster(options, account, programs);
  const port = options.port ?? (await freePort());
  const log = `${options.folder}.log`;
  const settings = Object.entries({ ...SETTINGS, ...options.settings, port: String(port) });
  const flags = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const guarded = ["-c", GUARD, join(programs, "bin/postgres"), "-D", options.folder, ...flags];
  const child = spawnLogged("/bin/sh", guarded, account, log);
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => resolve()).once("error", () => resolve()),
  );
  const url = (database: string) => postgresUrl(port, options.password, database);
  const stop = async () => {
    child.stdio[3]?.destroy();
    await ended;
  };
  await untilReady(url("postgres"), ended, log).catch(async (error) => {
    await stop();
    throw error;
  });
  return { port, url, stop, ended };
}

/** A process group of its own keeps Ctrl-C away from the server: it stops last. */
function spawnLogged(program: string, args: string[], account: Account, log: string): ChildProcess {
  const file = openSync(log, "w", 0o600);
  try {
    return spawn(program, args, {
      ...account,
      cwd: "/",
      detached: true,
      stdio: ["ignore", file, file, "pipe"],
    });
  } finally {
    closeSync(file);
  }
}

async function untilReady(url: string, ended: Promise<void>, log: string): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(30)) {
    if (over) throw new StartError(`PostgreSQL did not start. See ${log}.`);
    if (await answers(url)) return;
  }
  throw new StartError(`PostgreSQL was not ready within a minute. See ${log}.`);
}

/** Whether a server accepts a connection at this address. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  const connected = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return connected;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Made aside and renamed: a cluster that exists is whole. */
async function createCluster(options: ClusterOptions, account: Account, programs: string): Promise<void> {
  await clearCutOff(options.folder);
  const aside = `${options.folder}.${process.pid}`;
  const passwordFile = `${aside}.password`;
  await mkdir(aside, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(aside, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    await runInitdb(join(programs, "bin/initdb"), aside, passwordFile, account);
    await rename(aside, options.folder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(aside, { recursive: true, force: true });
  }
}

/** What first starts left that were killed while they made the cluster. */
async function clearCutOff(folder: string): Promise<void> {
  const left = new RegExp(`^${basename(folder)}\\.(\\d+)(\\.|$)`);
  await mkdir(dirname(folder), { recursive: true });
  for (const name of await readdir(dirname(folder))) {
    const pid = left.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** A UTF-8 locale, or trigrams of names in other scripts than Latin would be empty. */
async function runInitdb(program: string, folder: string, passwordFile: string, account: Account) {
  const log = `${folder}.log`;
  for (const locale of ["C.UTF-8", "en_US.UTF-8"]) {
    const args = ["-D", folder, "-U", "postgres", `--pwfile=${passwordFile}`, "-E", "UTF8"];
    args.push(
      "--auth=scram-sha-256",
      `--locale=${locale}`,
      "--lc-messages=C",
      "--no-instructions",
      "--no-sync",
    );
    const child = spawnLogged(program, args, account, log);
    const code = await new Promise((resolve) => {
      child.once("exit", resolve);
      child.once("error", resolve);
    });
    if (code === 0) return rm(log, { force: true });
  }
  const said = (await readFile(log, "utf8")).trim().split("\n").at(-1);
  throw new StartError(`PostgreSQL could not create its data folder: ${said}`);
}
