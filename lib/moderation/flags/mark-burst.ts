import type { Tx } from "@/lib/db/client";
import type { Flag } from "@/lib/moderation/flags/flag-codes";
import type { Flagged } from "@/lib/moderation/flags/flagged";

const BURST: Flag = "burst";

/**
 * Marks the signatures that came with one from its network in a burst: those before it were not yet known to belong to
 * one. Rows that somebody holds are left out; they are judged by their own confirmation, or by the next of the burst.
 */
export async function markBurst(
  tx: Tx,
  { letterId, networkHash, submittedAt }: Flagged,
  together: { minutes: number } | null,
): Promise<void> {
  if (!networkHash || !together) return;
  await tx.$executeRaw`
    UPDATE signature SET flags = array_append(flags, ${BURST})
    WHERE id IN (
      SELECT id FROM signature
      WHERE letter_id = ${letterId}::uuid AND network_hash = ${networkHash} AND NOT ${BURST} = ANY(flags)
        AND state IN ('PENDING', 'VERIFIED', 'APPROVED')
        AND submitted_at BETWEEN ${submittedAt}::timestamptz - ${together.minutes} * interval '1 minute'
          AND ${submittedAt}::timestamptz + ${together.minutes} * interval '1 minute'
      FOR UPDATE SKIP LOCKED)`;
}
