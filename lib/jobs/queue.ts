import pg from "pg";
import { type Clock, type ConstructorOptions, fromPrisma, PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import {
  BULK_QUEUE,
  HOUSEKEEPING_QUEUE,
  HOUSEKEEPING_TIMES,
  MAIL_QUEUE,
  QUEUE_SCHEMA,
  QUEUES,
  RECHECK_QUEUE,
} from "@/lib/jobs/queues";
import { Prisma } from "@/prisma/generated/client";

type IDatabase = NonNullable<ConstructorOptions["db"]>;

/** A mail to send: which, about what. Ids and sealed texts only, so that the queue's tables name nobody. */
export type MailJob =
  /** `sealedToken` under the signature's data key, in the context `mail.token`. */
  | { message: "confirm-signature"; signatureId: string; sealedToken: string }
  | { message: SignatureMessage; signatureId: string }
  /** Sealed under the deployment's key, in the contexts `admin.token` and `admin.address`. */
  | { message: "admin-sign-in"; sealedToken: string; sealedAddress: string; locale: string };

/** Mails that say how a signature stands, or what a moderator has done about it. */
export type SignatureMessage =
  | "signature-standing"
  | "signature-approved"
  | "signature-rejected"
  | "signature-corrected"
  | "signature-expert";

/** How a mail waits. */
export type Mailing = {
  /** When it may leave; at once where that has passed. */
  startAfter?: Date;
  /** Whether it is for a signing without the proof of work that was wanted: however many come, others' mails go first. */
  unproven?: boolean;
};

// Somebody sits and waits for these.
const AWAITED: MailJob["message"][] = ["confirm-signature", "admin-sign-in"];

/**
 * Queues a mail in the caller's transaction: it is sent once that commits, and never if it does not.
 * @returns the job's id, which is also the id of its `Delivery` and its idempotency key at the provider
 */
export async function enqueueMail(tx: Tx, mail: MailJob, mailing: Mailing = {}): Promise<string> {
  const id = uuid();
  await sendThrough(fromPrisma(tx), id, mail, mailing);
  return id;
}

/** Queues mails in the caller's transaction, all in one statement. */
export async function enqueueMails(tx: Tx, mails: ({ mail: MailJob } & Mailing)[]): Promise<void> {
  if (mails.length === 0) return;
  const boss = await sender();
  const jobs = mails.map(({ mail, ...mailing }) => ({
    id: uuid(),
    data: mail,
    ...jobOptions(mail, mailing),
  }));
  await boss.insert(MAIL_QUEUE, jobs, { db: fromPrisma(tx) });
}

/** What is looked at again: a letter's flags, or what a rule of the block list names or, once removed, has named. */
export type Recheck = { what: "flags"; letterId: string } | { what: "block"; ruleId: string };

// Of rules, so that a signing that was judged before the change is stored when it is looked for.
const RECHECK_PAUSE_SECONDS = { flags: 10, block: 3 } as const;

/**
 * Queues a recheck in the caller's transaction, as its last statement: of several acts on one letter within seconds the
 * first one's recheck does for all, and they wait for each other here.
 */
export async function enqueueRecheck(tx: Tx, recheck: Recheck): Promise<void> {
  const boss = await sender();
  const about = recheck.what === "flags" ? recheck.letterId : recheck.ruleId;
  await boss.send(RECHECK_QUEUE, recheck, {
    id: uuid(),
    singletonKey: `${recheck.what}:${about}`,
    startAfter: RECHECK_PAUSE_SECONDS[recheck.what],
    db: fromPrisma(tx),
  });
}

/** A bulk act to carry out or to undo. */
export type BulkJob = { bulkActId: string };

/** Queues the work of a bulk act in the caller's transaction. */
export async function enqueueBulkAct(tx: Tx, bulkActId: string): Promise<void> {
  const boss = await sender();
  const job: BulkJob = { bulkActId };
  await boss.send(BULK_QUEUE, job, { db: fromPrisma(tx) });
}

/**
 * The statement of an act that also queues a mail, so that whoever waits for it waits for one round trip. It returns
 * the job's row where the mail is wanted, and none otherwise.
 * @param act the act's own WITH queries, with commas between them
 * @param time a query over those queries for the time `at` at which the mail may leave; it is not wanted where there is
 * no row
 * @param asked with `now`: at a time up to this the mail leaves at once
 */
export async function actWithMail(
  act: Prisma.Sql,
  time: Prisma.Sql,
  mail: MailJob,
  { now, unproven }: Pick<Mailing, "unproven"> & { now: Date },
): Promise<Prisma.Sql> {
  let said = { text: "", values: [] as unknown[] };
  const recorder: IDatabase = {
    executeSql: async (text, values = []) => {
      said = { text, values };
      return { rows: [{}] };
    },
  };
  await sendThrough(recorder, uuid(), mail, { unproven });
  // What pg-boss would run: WITH queries of its own, and the jobs as one parameter.
  const [, before, after] = /^\s*WITH\s([^$]*)\$1([^$]*)$/.exec(said.text) ?? [];
  if (!before || !after) throw new Error("the queue's statement has another form");
  const jobs = Prisma.sql`COALESCE((SELECT ${jobsAt(String(said.values[0]), now)} FROM (${time}) t), '[]')`;
  return Prisma.sql`WITH ${act}, ${Prisma.raw(before)}${jobs}${Prisma.raw(after)}`;
}

/** The jobs as JSON, with the time that is still to come; without one they are announced to the worker at once. */
const jobsAt = (jobs: string, now: Date) => Prisma.sql`
  CASE WHEN t.at > ${now}::timestamptz THEN jsonb_set(${jobs}::jsonb, '{0,startAfter}', to_jsonb(t.at))::text
  ELSE ${jobs} END`;

/** Takes mails out of the queue in the caller's transaction, which also records what became of them. */
export async function completeMails(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const boss = await sender();
  await boss.complete(MAIL_QUEUE, ids, null, { includeQueued: true, db: fromPrisma(tx) });
}

/** Lets a mail that waits wait longer. @param ms from now */
export async function deferMail(tx: Tx, id: string, ms: number): Promise<void> {
  const boss = await sender();
  const startAfter = Math.ceil(ms / 1_000);
  await boss.update(MAIL_QUEUE, undefined, { id, startAfter, db: fromPrisma(tx) });
}

async function sendThrough(database: IDatabase, id: string, mail: MailJob, mailing: Mailing): Promise<void> {
  const boss = await sender();
  await boss.send(MAIL_QUEUE, mail, { id, db: database, ...jobOptions(mail, mailing) });
}

const jobOptions = ({ message }: MailJob, { startAfter, unproven }: Mailing) => ({
  priority: AWAITED.includes(message) && !unproven ? 1 : 0,
  ...(startAfter && startAfter.getTime() > Date.now() ? { startAfter } : {}),
});

/**
 * Makes or migrates the queue's own tables, its queues and schedules. Belongs to the migrations: neither the web nor
 * the worker changes tables.
 */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    ...SENDS_ONLY,
    connectionString: databaseUrl,
    migrate: true,
    createSchema: true,
    max: 2,
  });
  const failed = new Promise<never>((_, reject) => boss.on("error", reject));
  try {
    await Promise.race([failed, setUp(boss)]);
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function setUp(boss: PgBoss): Promise<void> {
  await boss.start();
  for (const { name, ...options } of QUEUES) {
    await boss.createQueue(name, options);
    const { policy, ...changeable } = options;
    await boss.updateQueue(name, changeable);
  }
  await boss.schedule(HOUSEKEEPING_QUEUE, HOUSEKEEPING_TIMES);
}

/** What a process does not do that only sends. */
const SENDS_ONLY = {
  schema: QUEUE_SCHEMA,
  supervise: false,
  schedule: false,
  migrate: false,
  createSchema: false,
  registerInstance: false,
  openTelemetry: { enabled: false },
} as const;

let current: Promise<PgBoss> | undefined;

/** The process's sender, started at the first mail. */
function sender(): Promise<PgBoss> {
  current ??= startSender().catch((error) => {
    current = undefined;
    throw error;
  });
  return current;
}

async function startSender(): Promise<PgBoss> {
  // It reads the list of queues over a connection of its own, for Prisma cannot read every type of the catalogue; and
  // transactions that hold all of Prisma's connections while they wait for the list would wait for ever.
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
