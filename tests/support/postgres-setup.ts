import type { TestProject } from "vitest/node";
import { prepareDatabase } from "@/bin/launch/database";
import type { PostgresServer } from "@/dev/local/postgres";
import { startTemporaryPostgres } from "@/dev/local/temporary-postgres";
import { databaseUrl, runSql, TEMPLATE, type TestPostgres } from "./database";

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

// Nothing here has to survive a power cut, and no database lives long enough to be tidied.
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  max_connections: "400",
};

type Shared = { users: number; started: Promise<PostgresServer> };
const slot = Symbol.for("undersigned.test-postgres");
const run = globalThis as { [slot]?: Shared };

/** One server for all projects of a run, with a migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  run[slot] ??= { users: 0, started: start(project) };
  const shared = run[slot];
  shared.users += 1;
  const server = await shared.started;
  project.provide("postgres", { url: server.url("postgres") });
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await server.stop();
  };
}

/** Trials fill a database with millions of rows, which are a disk's. */
async function start({ config }: TestProject): Promise<PostgresServer> {
  const server = await startTemporaryPostgres(SETTINGS, !config.env?.THOROUGH);
  try {
    const postgres = { url: server.url("postgres") };
    // What makes a stolen hash dear makes each of a run's two thousand connections dear.
    const { username, password } = new URL(postgres.url);
    await runSql(postgres.url, `SET scram_iterations = 1; ALTER ROLE ${username} PASSWORD '${password}'`);
    await runSql(postgres.url, `CREATE DATABASE ${TEMPLATE}`);
    await prepareDatabase(databaseUrl(postgres, TEMPLATE));
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
