import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { clusterPlace } from "@/scripts/local/cluster-place";
import { type PostgresServer, startPostgres } from "@/scripts/local/postgres";
import { prepareDatabase } from "@/scripts/local/prepare";
import { databaseUrl, runSql, TEMPLATE, type TestPostgres } from "./database";

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

// Nothing here has to survive a power cut.
const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "400" };

type Shared = { users: number; started: Promise<{ server: PostgresServer; folders: string[] }> };
const slot = Symbol.for("undersigned.test-postgres");
const run = globalThis as { [slot]?: Shared };

/** One server for all projects of a run, with a migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  run[slot] ??= { users: 0, started: start() };
  const shared = run[slot];
  shared.users += 1;
  const { server, folders } = await shared.started;
  project.provide("postgres", { url: server.url("postgres") });
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    await server.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  };
}

async function start() {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-test-"));
  await chmod(folder, 0o711);
  const place = await clusterPlace(folder);
  const password = randomBytes(16).toString("hex");
  const server = await startPostgres({ folder: join(place, "postgres"), password, settings: SETTINGS });
  const postgres = { url: server.url("postgres") };
  await runSql(postgres.url, `CREATE DATABASE ${TEMPLATE}`);
  await prepareDatabase(databaseUrl(postgres, TEMPLATE));
  return { server, folders: [folder, place] };
}
