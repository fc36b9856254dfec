import { z } from "zod";
import { defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { PRESS_QUEUE } from "@/lib/jobs/queue";
import { makeDueCopies } from "@/lib/letters/press-copy/make-copies";

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
  run: (_, now) => makeDueCopies(now),
});
