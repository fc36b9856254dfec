import { z } from "zod";
import { db } from "@/lib/db/client";
import { defineShifts } from "@/lib/jobs/define-shifts";
import { enqueueHiding, HIDE_QUEUE, type HideJob } from "@/lib/jobs/queue";
import { workOnHidden } from "@/lib/signatories/hiding/work-on-hidden";

/** Takes hidden names off the list, or brings them back, batch by batch. */
export const hideNamesJob = defineShifts<HideJob>({
  name: HIDE_QUEUE,
  schema: z.object({ letterId: z.uuid() }),
  batch: async ({ letterId }, now) => (await workOnHidden(letterId, now)) > 0,
  again: ({ letterId }) => db.$transaction((tx) => enqueueHiding(tx, letterId)),
});
