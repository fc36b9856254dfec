import { z } from "zod";
import { defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { PRESS_QUEUE } from "@/lib/jobs/queue";
import { makeDueCopies } from "@/lib/letters/press-copy/make-copies";

/** How often all copies are looked at; the first time is when the worker starts, perhaps under another address. */
const ALL_MS = 3_600_000;
let allSeenAt = Number.NEGATIVE_INFINITY;

/** Makes the copies for the press that are due: looked for every minute, and at once when somebody has gone. */
export const pressCopyJob = defineJob({
  name: PRESS_QUEUE,
  schema: z.unknown(),
  // The next time comes soon enough.
  options: {
    notify: true,
    retryLimit: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 600,
    retentionSeconds: 600,
    deleteAfterSeconds: 3_600,
  },
  pollSeconds: 5,
  schedule: () => "* * * * *",
  run: async (_, now) => {
    const all = now.getTime() - allSeenAt >= ALL_MS;
    await makeDueCopies(now, { all });
    if (all) allSeenAt = now.getTime();
  },
});
