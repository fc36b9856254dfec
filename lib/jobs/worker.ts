import { type ConstructorOptions, type Job, type JobWithMetadata, PgBoss } from "pg-boss";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { workOnBulkAct } from "@/lib/jobs/bulk-act";
import { keepChain } from "@/lib/jobs/keep-chain";
import { lapseAllDue } from "@/lib/jobs/lapse-signatures";
import type { BulkJob, MailJob, Recheck } from "@/lib/jobs/queue";
import { BULK_QUEUE, HOUSEKEEPING_QUEUE, MAIL_QUEUE, QUEUE_SCHEMA, RECHECK_QUEUE } from "@/lib/jobs/queues";
import { runRecheck } from "@/lib/jobs/recheck";
import { sendMail } from "@/lib/jobs/send-mail";
import { sweep } from "@/lib/jobs/sweep";
import { TemporaryMailError } from "@/lib/mail/outcomes";

/** How many mails are under way at once. */
const MAILS_AT_ONCE = 3;
/** How long a stopping worker lets its jobs finish; what is left goes back to the queue. */
const GRACE_MS = 20_000;

const NOT_YET = "The database, or the queue in it, is not there yet; waiting.";

export type Worker = { stop(): Promise<void> };

/**
 * Starts working: sends queued mails at once, keeps house, and hands on the jobs of workers that have died. Waits for
 * the database as long as it takes, at the start and later.
 * @param report gets one line, without personal data, for each thing that an operator should hear of
 */
export async function startWorker(report: (line: string) => void): Promise<Worker> {
  const boss = new PgBoss(settings());
  boss.on("error", reportOutage(report));
  boss.on("warning", ({ message, data }) =>
    report("type" in data && data.type === "start_retry" ? NOT_YET : message),
  );
  await boss.start({ attempts: Number.MAX_SAFE_INTEGER });
  // A failure to be tried again waits in the queue, of which the database sends no notice when its time comes.
  const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 3 };
  const mailing = { ...polling, includeMetadata: true, localConcurrency: MAILS_AT_ONCE } as const;
  const mail = (jobs: JobWithMetadata<MailJob>[]) => attempt(() => runMails(boss, jobs), report);
  await boss.work(MAIL_QUEUE, mailing, mail);
  const bulk = (jobs: Job<BulkJob>[]) => attempt(() => workOnAll(jobs), report);
  await boss.work(BULK_QUEUE, polling, bulk);
  await boss.work(HOUSEKEEPING_QUEUE, { pollingIntervalSeconds: 30 }, () => attempt(keepHouse, report));
  const recheck = (jobs: Job<Recheck>[]) => attempt(() => recheckAll(jobs), report);
  await boss.work(RECHECK_QUEUE, { pollingIntervalSeconds: 5 }, recheck);
  const stopChain = keepChain();
  const stop = async () => {
    await Promise.all([boss.stop({ graceful: true, timeout: GRACE_MS }), stopChain()]);
    await db.$disconnect();
  };
  return { stop };
}

function settings(): ConstructorOptions {
  const timeouts = { connectionTimeoutMillis: 5_000, query_timeout: 30_000 };
  return {
    connectionString: env().databaseUrl,
    schema: QUEUE_SCHEMA,
    max: MAILS_AT_ONCE + 2,
    ...timeouts,
    // Tables belong to the migrations.
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    // How soon another's death is noticed, once its heartbeat is missed.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 3_600,
    openTelemetry: { enabled: false },
  };
}

/** A batch is one job, unless the library changes its mind. */
async function runMails(boss: PgBoss, jobs: JobWithMetadata<MailJob>[]): Promise<void> {
  for (const job of jobs) await runMail(boss, job);
}

/** Sends one mail; where the provider named a pause, the next attempt comes after it. */
async function runMail(boss: PgBoss, job: JobWithMetadata<MailJob>): Promise<void> {
  const last = job.retryCount >= job.retryLimit;
  try {
    await sendMail({ id: job.id, mail: job.data, last }, new Date());
  } catch (error) {
    if (!(error instanceof TemporaryMailError) || error.retryAfterSeconds === undefined) throw error;
    await boss.fail(MAIL_QUEUE, job, { code: error.code });
    // Those that were refused together should not come back together.
    const startAfter = Math.ceil(error.retryAfterSeconds * (1 + Math.random() / 4));
    await boss.update(MAIL_QUEUE, undefined, { id: job.id, startAfter });
  }
}

async function workOnAll(jobs: Job<BulkJob>[]): Promise<void> {
  for (const { data } of jobs) await workOnBulkAct(data);
}

async function recheckAll(jobs: Job<Recheck>[]): Promise<void> {
  for (const { data } of jobs) await runRecheck(data, new Date());
}

async function keepHouse(): Promise<void> {
  const now = new Date();
  await lapseAllDue(now);
  await sweep(now);
}

/** The queue keeps the error of a failed job: only codes may get there, whatever a library puts into its messages. */
async function attempt(work: () => Promise<void>, report: (line: string) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = error instanceof TemporaryMailError ? error.code : codeOf(error);
    if (!(error instanceof TemporaryMailError)) report(`A job failed and will be tried again: ${code}.`);
    throw new JobError(code);
  }
}

/** A failure without a stack, which the queue would keep too. */
class JobError extends Error {
  override name = "JobError";

  constructor(code: string) {
    super(code);
    this.stack = undefined;
  }
}

function codeOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  return (
    [name, code].filter((part) => typeof part === "string" && /^[\w-]{1,60}$/.test(part)).join(" ") ||
    "unknown"
  );
}

/** One line for an outage, however many queries fail in it. */
function reportOutage(report: (line: string) => void): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    if (Date.now() >= quietUntil) report(`The queue cannot be reached; trying on: ${codeOf(error)}.`);
    quietUntil = Date.now() + 30_000;
  };
}
