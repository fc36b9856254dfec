import { workOnBatch } from "@/lib/bulk/work-on-batch";
import { db } from "@/lib/db/client";
import { type BulkJob, enqueueBulkAct } from "@/lib/jobs/queue";

/** How long one job works on an act; what is left then is the next job's, so that a worker that stops waits little. */
const SHIFT_MS = 3_000;

/** Carries out a bulk act, or its undoing, batch by batch. A job that dies is handed on and goes on where it was. */
export async function workOnBulkAct({ bulkActId }: BulkJob): Promise<void> {
  const end = Date.now() + SHIFT_MS;
  while (await workOnBatch({ bulkActId, now: new Date() })) {
    if (Date.now() > end) return db.$transaction((tx) => enqueueBulkAct(tx, bulkActId));
  }
}
