import { type ConstructorOptions, PgBoss, type Job as QueuedJob } from "pg-boss";
import { keepChain } from "@/lib/audit/keep-chain";
import { db } from "@/lib/db/client";
import { env, HURRY } from "@/lib/env";
import { errorCode } from "@/lib/errors";
import type { Job } from "@/lib/jobs/define-job";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";
import { JOBS } from "@/lib/jobs/registry";
import { keepDrawing } from "@/lib/letters/share-picture/keep-drawing";
import { MAIL_CHANNEL, startMailLoop } from "@/lib/mail/sending/loop";
import { keepReleasing } from "@/lib/signatures/keep-releasing";

const CONNECTIONS = 5;
/** How long a stopping worker lets its jobs finish; what is left goes back to the queue, while there is time for that. */
const GRACE_MS = 15_000 / HURRY;

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
  const mails = startMailLoop(report);
  // Without notices of new mails the loop looks by itself every two seconds.
  const listening = await boss
    .getDb()
    .listen?.(MAIL_CHANNEL, mails.wake, mails.wake)
    .catch(() => undefined);
  for (const job of JOBS) await workOn(boss, job, report);
  const stopChain = keepChain();
  const stopReleasing = keepReleasing();
  const stopDrawing = keepDrawing();
  const stop = async () => {
    const stopQueue = boss.stop({ graceful: true, timeout: GRACE_MS });
    await Promise.all([
      listening?.close(),
      mails.stop(),
      stopChain(),
      stopReleasing(),
      stopDrawing(),
      stopQueue,
    ]);
    await db.$disconnect();
  };
  return { stop };
}

function settings(): ConstructorOptions {
  // No `statement_timeout`: it would cut off the rebuilding of an index and leave half of one behind.
  const timeouts = {
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
  };
  return {
    connectionString: env().databaseUrl,
    schema: QUEUE_SCHEMA,
    max: CONNECTIONS,
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

async function workOn(
  boss: PgBoss,
  { name, schema, pollSeconds, batchSize = 1, schedule, run }: Job,
  report: (line: string) => void,
): Promise<void> {
  if (schedule) await boss.schedule(name, schedule(), null, { tz: "UTC" });
  const all = async (jobs: QueuedJob[]) => {
    for (const { data } of jobs) await run(schema.parse(data), new Date());
  };
  const polling = {
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: pollSeconds + 1,
    batchSize,
  };
  await boss.work(name, polling, (jobs: QueuedJob[]) => attempt(() => all(jobs), report));
}

/** The queue keeps the error of a failed job: only codes may get there, whatever a library puts into its messages. */
async function attempt(work: () => Promise<void>, report: (line: string) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = codeOf(error);
    report(`A job failed and will be tried again: ${code}.`);
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
  const name = error instanceof Error ? error.name : undefined;
  return (
    [name, errorCode(error)]
      .filter((part) => typeof part === "string" && /^[\w-]{1,60}$/.test(part))
      .join(" ") || "unknown"
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
