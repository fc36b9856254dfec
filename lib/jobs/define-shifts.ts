import { DAY_SECONDS, defineJob, HEARTBEAT_SECONDS, type Job } from "@/lib/jobs/define-job";

/** How long one job works; what is left then is the next job's, so that a worker that stops waits little. */
const SHIFT_MS = 3_000;

type Shifts<Data> = Pick<Job<Data>, "name" | "schema"> & {
  /** Does one batch. @returns whether there may be more */
  batch(data: Data, now: Date): Promise<boolean>;
  /** Queues the next job of the same work. */
  again(data: Data): Promise<unknown>;
};

/** Defines a job that somebody watches: what fails is tried again until it is done, and a job that dies goes on where it was. */
export const defineShifts = <Data>({ name, schema, batch, again }: Shifts<Data>): Job<Data> =>
  defineJob({
    name,
    schema,
    options: {
      notify: true,
      retryLimit: 1_000,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: 120,
      retentionSeconds: 14 * DAY_SECONDS,
      deleteAfterSeconds: DAY_SECONDS,
    },
    pollSeconds: 2,
    async run(data) {
      const end = Date.now() + SHIFT_MS;
      while (await batch(data, new Date())) if (Date.now() > end) return again(data);
    },
  });
