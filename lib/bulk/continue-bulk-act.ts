import { lockAct } from "@/lib/bulk/held-signatures";
import { invalidateBatch } from "@/lib/bulk/invalidate-batch";
import { restoreBatch } from "@/lib/bulk/restore-batch";
import { db } from "@/lib/db/client";

/**
 * Does the next batch of a bulk act, or of undoing it, in one transaction: whatever dies on the way, each signature is
 * changed once or not at all, and calling again goes on.
 * @returns whether more is left to do
 */
export async function continueBulkAct({
  bulkActId,
  now,
}: {
  bulkActId: string;
  now: Date;
}): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const act = await lockAct(tx, bulkActId);
    if (act?.state === "RUNNING") return invalidateBatch(tx, act, now);
    if (act?.state === "UNDOING") return restoreBatch(tx, act, now);
    return false;
  });
}
