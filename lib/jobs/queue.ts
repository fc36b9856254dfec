import pg from "pg";
import { type Clock, type ConstructorOptions, fromPrisma, PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
/** Where the queue's tables live, beside ours in the same database. */
export const QUEUE_SCHEMA = "pgboss";

// What queues jobs does not know what they do, for that may queue jobs in turn.
export const BULK_QUEUE = "bulk";
export const RECHECK_QUEUE = "recheck";
export const HIDE_QUEUE = "hide-names";
export const EXPORT_QUEUE = "export";
export const PRESS_QUEUE = "press-copy";

type IDatabase = NonNullable<ConstructorOptions["db"]>;

/**
 * What is looked at again: a letter's flags; the waiting signatures that changed themselves, or look like names that did; or
 * what a rule of the blocklist names or, once removed, has named.
 */
export type Recheck =
  | { what: "flags"; letterId: string }
  | { what: "near"; letterId: string; near: number[]; ids: string[] }
  | { what: "block"; ruleId: string };

// Of rules, so that a signing that was judged before the change is stored when it is looked for.
const RECHECK_PAUSE_SECONDS = { flags: 10, near: 10, block: 3 } as const;

/**
 * Queues a recheck in the caller's transaction, as its last statement: of several changes of one list within seconds the
 * first one's recheck does for all, and they wait for each other here. Those of names are each about their own.
 */
export async function enqueueRecheck(tx: Tx, recheck: Recheck): Promise<void> {
  const boss = await sender();
  const id = uuid();
  const about = recheck.what === "flags" ? recheck.letterId : recheck.what === "block" ? recheck.ruleId : id;
  await boss.send(RECHECK_QUEUE, recheck, {
    id,
    singletonKey: `${recheck.what}:${about}`,
    startAfter: RECHECK_PAUSE_SECONDS[recheck.what],
    db: fromPrisma(tx),
  });
}

export type BulkJob = { bulkActionId: string };

/** Queues the work of a bulk action in the caller's transaction. */
export async function enqueueBulkAction(tx: Tx, bulkActionId: string): Promise<void> {
  const boss = await sender();
  const job: BulkJob = { bulkActionId };
  await boss.send(BULK_QUEUE, job, { db: fromPrisma(tx) });
}

export type HideJob = { letterId: string };

/** Queues the work of hiding names, or of showing them again, in the caller's transaction. @param startAfter in seconds */
export async function enqueueHiding(tx: Tx, letterId: string, startAfter = 0): Promise<void> {
  const boss = await sender();
  const job: HideJob = { letterId };
  await boss.send(HIDE_QUEUE, job, { db: fromPrisma(tx), startAfter });
}

export type ExportJob = { exportId: string };

/** Queues the writing of a file in the caller's transaction. */
export async function enqueueExport(tx: Tx, exportId: string): Promise<void> {
  const boss = await sender();
  const job: ExportJob = { exportId };
  await boss.send(EXPORT_QUEUE, job, { db: fromPrisma(tx) });
}

/** Has the copies for the press looked at, in the caller's transaction. */
export async function enqueuePressCopies(tx: Tx): Promise<void> {
  const boss = await sender();
  await boss.send(PRESS_QUEUE, {}, { db: fromPrisma(tx) });
}

export const SENDS_ONLY = {
  schema: QUEUE_SCHEMA,
  supervise: false,
  schedule: false,
  migrate: false,
  createSchema: false,
  registerInstance: false,
  openTelemetry: { enabled: false },
} as const;

let current: Promise<PgBoss> | undefined;

/** The process's sender, started at the first job. */
function sender(): Promise<PgBoss> {
  current ??= startSender().catch((error) => {
    current = undefined;
    throw error;
  });
  return current;
}

async function startSender(): Promise<PgBoss> {
  // It reads the list of queues over a connection of its own, for Prisma cannot read every type of the
  // catalogue; and transactions that hold all of Prisma's connections while they wait for the list would wait
  // for ever.
  const timeouts = { connectionTimeoutMillis: 3_000, query_timeout: 3_000, idleTimeoutMillis: 1_000 };
  const pool = new pg.Pool({
    connectionString: env().databaseUrl,
    max: 1,
    allowExitOnIdle: true,
    ...timeouts,
  });
  pool.on("error", () => undefined);
  const database: IDatabase = { executeSql: (text, values) => pool.query(text, values) };
  const boss = new PgBoss({
    ...SENDS_ONLY,
    db: database,
    clock: IDLE_CLOCK,
    queueCacheIntervalSeconds: 3_600,
  });
  // A list of queues that cannot be renewed still serves.
  boss.on("error", () => undefined);
  return boss.start();
}

/** Timers that keep no process alive: a command ends when its work is done. */
const IDLE_CLOCK: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms).unref(),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  setInterval: (run, ms) => setInterval(run, ms).unref(),
  clearInterval: (handle) => clearInterval(handle as NodeJS.Timeout),
};
