import { z } from "zod";
import { DAY_SECONDS, defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { EXPORT_QUEUE, type ExportJob } from "@/lib/jobs/queue";
import { writeExport } from "@/lib/moderation/export/write-export";

/** Writes a file that an administrator waits for. A job that dies is handed on, and writes the file anew. */
export const exportJob = defineJob<ExportJob>({
  name: EXPORT_QUEUE,
  schema: z.object({ exportId: z.uuid() }),
  options: {
    notify: true,
    retryLimit: 100,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 7_200,
    retentionSeconds: DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  },
  pollSeconds: 2,
  run: ({ exportId }) => writeExport(exportId),
});
