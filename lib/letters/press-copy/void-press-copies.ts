import { announceChange, pressTag } from "@/lib/cache/changes";
import type { Tx } from "@/lib/db/client";
import { enqueuePressCopies } from "@/lib/jobs/queue";
import type { Change } from "@/lib/signatures/engine/change";
import { hidesShown, isShown } from "@/lib/signatures/engine/rules";

/**
 * Takes back the copies for the press that may name somebody who is no longer shown, or shown otherwise, and has them made
 * anew at once. Locks the letters in the order of their ids: a copy is begun before or after, never unseen.
 */
export async function voidPressCopies(tx: Tx, changes: Change[], now: Date): Promise<void> {
  const gone = changes.filter(
    ({ subject, after, erase }) => hidesShown(subject, after) || (erase === true && isShown(subject)),
  );
  for (const letterId of [...new Set(gone.map(({ subject }) => subject.letterId))].sort()) {
    const [letter] = await tx.$queryRaw<{ slug: string }[]>`
      SELECT slug FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
    const times = gone.flatMap(({ subject }) =>
      subject.letterId === letterId ? (subject.publishedAt?.getTime() ?? 0) : [],
    );
    if (letter)
      await voidPressCopiesOf(tx, { id: letterId, slug: letter.slug }, now, new Date(Math.min(...times)));
  }
}

/**
 * The same for the copies of a letter that the caller has locked. Of the editions that somebody may have it is noted.
 * @param since when those who go came to the list
 */
export async function voidPressCopiesOf(
  tx: Tx,
  { id, slug }: { id: string; slug: string },
  now: Date,
  since = new Date(0),
): Promise<void> {
  const { count } = await tx.pressCopy.updateMany({
    where: { letterId: id },
    data: { bytes: null, edition: null, voids: { increment: 1 } },
  });
  await tx.pressEdition.updateMany({
    where: { letterId: id, goneAt: null, cutOff: { gte: since } },
    data: { goneAt: now },
  });
  if (count === 0) return;
  await announceChange(tx, pressTag(slug));
  await enqueuePressCopies(tx);
}

/** Has every copy made anew at its next turn: something that all say is called otherwise now. */
export async function outdatePressCopies(tx: Tx): Promise<void> {
  await tx.pressCopy.updateMany({ where: { seenAt: { not: null } }, data: { seenAt: new Date(0) } });
}
