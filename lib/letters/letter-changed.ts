import { announceChange, letterTag } from "@/lib/cache/changes";
import type { Tx } from "@/lib/db/client";

/**
 * Notes that what a letter's public pages show has changed, and announces it. To be called before its counts change,
 * so that all transactions lock the letter first.
 */
export async function letterChanged(
  tx: Tx,
  { id, slug }: { id: string; slug: string },
  now: Date,
): Promise<void> {
  await tx.letter.updateMany({ where: { id, updatedAt: { lt: now } }, data: { updatedAt: now } });
  await announceChange(tx, letterTag(slug));
}
