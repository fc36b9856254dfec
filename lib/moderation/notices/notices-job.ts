import { z } from "zod";
import { defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { sendNotices } from "@/lib/moderation/notices/send-notices";

/** Tells moderators of what waits, looking every minute. */
export const noticesJob = defineJob({
  name: "notices",
  schema: z.unknown(),
  // The next time comes soon enough.
  options: {
    policy: "exclusive",
    retryLimit: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 60,
    retentionSeconds: 600,
    deleteAfterSeconds: 600,
  },
  pollSeconds: 30,
  schedule: () => "* * * * *",
  run: (_, now) => sendNotices(now),
});
