import { announceChange, letterTag } from "@/lib/cache/changes";
import { dueBefore, lastTurn } from "@/lib/counts/batches";
import { db, type Tx } from "@/lib/db/client";

/**
 * Lets readers see the withheld counts of a letter as they are now. The caller has locked the letter, and announces.
 * @param at from when on they are seen
 * @returns whether any of them has changed
 */
export async function publishWithheld(tx: Tx, letterId: string, at: Date): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE letter_tally SET published_withheld = withheld, published_withheld_experts = withheld_experts
    WHERE letter_id = ${letterId}::uuid
      AND (published_withheld, published_withheld_experts) <> (withheld, withheld_experts)`;
  await tx.$executeRaw`
    UPDATE letter SET withheld_changes = 0, withheld_since = NULL,
      updated_at = CASE WHEN ${changed > 0} THEN GREATEST(updated_at, ${at}) ELSE updated_at END
    WHERE id = ${letterId}::uuid`;
  return changed > 0;
}

/**
 * Lets readers see what has waited long enough for its batch to fill, at noon and midnight (UTC). For housekeeping.
 * @returns of how many letters; 0 when none is left
 */
export async function publishDueCounts(now: Date): Promise<number> {
  const turn = lastTurn(now);
  const due = { withheldSince: { lte: dueBefore(turn) } };
  const letters = await db.letter.findMany({ where: due, select: { id: true }, take: 100 });
  for (const { id } of letters) {
    await db.$transaction(async (tx) => {
      // Locks the letter, and looks again: another worker may have been faster.
      const [locked] = await tx.letter.updateManyAndReturn({
        where: { id, ...due },
        data: { withheldSince: turn },
        select: { slug: true },
      });
      if (locked && (await publishWithheld(tx, id, turn))) await announceChange(tx, letterTag(locked.slug));
    });
  }
  return letters.length;
}
