import { z } from "zod";
import { db } from "@/lib/db/client";
import { DAY_SECONDS, defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { BULK_QUEUE, type BulkJob, enqueueBulkAction } from "@/lib/jobs/queue";
import { workOnBatch } from "@/lib/moderation/bulk/work-on-batch";

/** How long one job works on an act; what is left then is the next job's, so that a worker that stops waits little. */
const SHIFT_MS = 3_000;

/** Carries out a bulk action, or its undoing, batch by batch. A job that dies is handed on and goes on where it was. */
export const bulkActionJob = defineJob<BulkJob>({
  name: BULK_QUEUE,
  schema: z.object({ bulkActionId: z.uuid() }),
  // A moderator watches it; what fails is tried again until it is done.
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
  async run({ bulkActionId }) {
    const end = Date.now() + SHIFT_MS;
    while (await workOnBatch({ bulkActionId, now: new Date() })) {
      if (Date.now() > end) return db.$transaction((tx) => enqueueBulkAction(tx, bulkActionId));
    }
  },
});
