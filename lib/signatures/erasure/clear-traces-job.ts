import { z } from "zod";
import { env } from "@/lib/env";
import { DAY_SECONDS, defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { clearTraces } from "@/lib/signatures/erasure/clear-traces";

/** Once a day, in the quiet hour: what was erased is taken out of the database's files. */
export const clearTracesJob = defineJob({
  name: "clear-traces",
  schema: z.unknown(),
  // A table that somebody holds is tried again, ten minutes later, through the quiet hours.
  options: {
    policy: "exclusive",
    retryLimit: 12,
    retryDelay: 600,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 3_600,
    retentionSeconds: DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  },
  pollSeconds: 30,
  // Not at the full hour, when everybody else's tasks begin.
  schedule: () => `11 ${env().quietHour} * * *`,
  run: (_, now) => clearTraces(now),
});
