import { z } from "zod";
import { db } from "@/lib/db/client";
import { DAY_SECONDS, defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { enqueueHiding, HIDE_QUEUE, type HideJob } from "@/lib/jobs/queue";
import { workOnHidden } from "@/lib/signatories/hiding/work-on-hidden";

/** How long one job works; what is left then is the next job's, so that a worker that stops waits little. */
const SHIFT_MS = 3_000;

/** Takes hidden names off the list, or brings them back, batch by batch. A job that dies goes on where it was. */
export const hideNamesJob = defineJob<HideJob>({
  name: HIDE_QUEUE,
  schema: z.object({ letterId: z.uuid() }),
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
  async run({ letterId }) {
    const end = Date.now() + SHIFT_MS;
    while ((await workOnHidden(letterId, new Date())) > 0) {
      if (Date.now() > end) return db.$transaction((tx) => enqueueHiding(tx, letterId));
    }
  },
});
