import { bulkActJob } from "@/lib/jobs/bulk-act";
import { clearTracesJob } from "@/lib/jobs/clear-traces";
import type { Job } from "@/lib/jobs/define-job";
import { housekeepingJob } from "@/lib/jobs/housekeeping";
import { recheckJob } from "@/lib/jobs/recheck";

/** Every kind of job there is. */
export const JOBS: readonly Job[] = [bulkActJob, recheckJob, housekeepingJob, clearTracesJob];
