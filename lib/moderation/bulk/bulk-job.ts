import { z } from "zod";
import { db } from "@/lib/db/client";
import { defineShifts } from "@/lib/jobs/define-shifts";
import { BULK_QUEUE, type BulkJob, enqueueBulkAction } from "@/lib/jobs/queue";
import { workOnBatch } from "@/lib/moderation/bulk/work-on-batch";

/** Carries out a bulk action, or its undoing, batch by batch. */
export const bulkActionJob = defineShifts<BulkJob>({
  name: BULK_QUEUE,
  schema: z.object({ bulkActionId: z.uuid() }),
  batch: ({ bulkActionId }, now) => workOnBatch({ bulkActionId, now }),
  again: ({ bulkActionId }) => db.$transaction((tx) => enqueueBulkAction(tx, bulkActionId)),
});
