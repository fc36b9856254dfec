import type { Job } from "@/lib/jobs/define-job";
import { housekeepingJob } from "@/lib/jobs/housekeeping";
import { pressCopyJob } from "@/lib/letters/press-copy/press-copy-job";
import { bulkActionJob } from "@/lib/moderation/bulk/bulk-job";
import { exportJob } from "@/lib/moderation/export/export-job";
import { noticesJob } from "@/lib/moderation/notices/notices-job";
import { recheckJob } from "@/lib/moderation/recheck-job";
import { hideNamesJob } from "@/lib/signatories/hiding/hide-job";
import { clearTracesJob } from "@/lib/signatures/erasure/clear-traces-job";

export const JOBS: readonly Job[] = [
  bulkActionJob,
  exportJob,
  pressCopyJob,
  recheckJob,
  hideNamesJob,
  housekeepingJob,
  clearTracesJob,
  noticesJob,
];
