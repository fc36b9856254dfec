import type { Queue } from "pg-boss";

/** Where the queue's tables live, beside ours in the same database. */
export const QUEUE_SCHEMA = "pgboss";

/** Bulk acts that moderators have begun. */
export const BULK_QUEUE = "bulk";
/** What time alone brings about: signatures lapse, expired rows go. */
export const HOUSEKEEPING_QUEUE = "housekeeping";
/** What changed lists and new names on the list mean for signatures that are there already. */
export const RECHECK_QUEUE = "recheck";
/** Once a day, in the quiet hour: what was erased is taken out of the database's files. */
export const CLEARING_QUEUE = "clear-traces";
/** When housekeeping is due, as cron says it. */
export const HOUSEKEEPING_TIMES = "*/5 * * * *";

const DAY_SECONDS = 86_400;

/** Without a sign of life for so long, a job's worker counts as dead and the job goes to another. */
export const HEARTBEAT_SECONDS = 10;

// The next time comes soon enough.
const HOUSEKEEPING: Queue = {
  name: HOUSEKEEPING_QUEUE,
  policy: "exclusive",
  retryLimit: 0,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 300,
  retentionSeconds: 3_600,
  deleteAfterSeconds: 3_600,
};

/** A table that somebody holds is tried again, ten minutes later, through the quiet hours. */
const CLEARING: Queue = {
  name: CLEARING_QUEUE,
  policy: "exclusive",
  retryLimit: 12,
  retryDelay: 600,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 3_600,
  retentionSeconds: DAY_SECONDS,
  deleteAfterSeconds: DAY_SECONDS,
};

/** Of the rechecks that wait, one of a kind is enough. */
const RECHECK: Queue = {
  name: RECHECK_QUEUE,
  policy: "short",
  retryLimit: 10,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 600,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 900,
  retentionSeconds: 14 * DAY_SECONDS,
  deleteAfterSeconds: DAY_SECONDS,
};

/** A moderator watches it; what fails is tried again until it is done. */
const BULK: Queue = {
  name: BULK_QUEUE,
  notify: true,
  retryLimit: 1_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 120,
  retentionSeconds: 14 * DAY_SECONDS,
  deleteAfterSeconds: DAY_SECONDS,
};

export const QUEUES: Queue[] = [BULK, HOUSEKEEPING, CLEARING, RECHECK];
