import { announceChange, letterTag } from "@/lib/cache/changes";
import { type CountedChange, type Effect, effectOf, endsBatch } from "@/lib/counts/batches";
import { changeTally, type TallyChange, type TallyRow } from "@/lib/counts/change-tally";
import { publishWithheld } from "@/lib/counts/publish-withheld";
import { tallyChanges } from "@/lib/counts/rules";
import type { Tx } from "@/lib/db/client";

/**
 * Changes a letter's counts for changed signatures, in the transaction that changes them. What is shown is announced;
 * what is withheld waits until its batch is full. Locks the letter first, as all do that change its counts.
 */
export async function countChanges(
  tx: Tx,
  letterId: string,
  changes: CountedChange[],
  now: Date,
): Promise<void> {
  const effect = effectOf(changes);
  if (!effect.shown && effect.withheld === 0) return;
  const { slug, waiting } = await noteOnLetter(tx, letterId, effect, now);
  for (const { row, change } of sumOf(changes)) await changeTally(tx, row, change);
  const published = endsBatch(effect, waiting) && (await publishWithheld(tx, letterId, now));
  if (effect.shown || published) await announceChange(tx, letterTag(slug));
}

type Noted = { slug: string; waiting: number };

/** @returns how many changes of withheld entries readers have not seen, and the slug as it is under the lock */
async function noteOnLetter(tx: Tx, id: string, { shown, withheld }: Effect, now: Date): Promise<Noted> {
  const [letter] = await tx.$queryRaw<Noted[]>`
    UPDATE letter SET
      updated_at = CASE WHEN ${shown} THEN GREATEST(updated_at, ${now}) ELSE updated_at END,
      withheld_changes = withheld_changes + ${withheld},
      withheld_since = CASE WHEN ${withheld > 0} THEN COALESCE(withheld_since, ${now}) ELSE withheld_since END
    WHERE id = ${id}::uuid RETURNING slug, withheld_changes AS waiting`;
  if (!letter) throw new Error("a counted letter is gone");
  return letter;
}

/** The sum of all changes, row by row, in a fixed order, so that concurrent changes lock them alike. */
function sumOf(changed: CountedChange[]): { row: TallyRow; change: TallyChange }[] {
  const rows = new Map<string, { row: TallyRow; change: TallyChange }>();
  for (const { row, change } of changed.flatMap(({ before, after }) => tallyChanges(before, after))) {
    const key = `${row.kind}:${row.country}`;
    rows.set(key, { row, change: add(rows.get(key)?.change, change) });
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function add(sum: TallyChange | undefined, change: TallyChange): TallyChange {
  if (!sum) return change;
  return {
    approved: sum.approved + change.approved,
    experts: sum.experts + change.experts,
    withheld: sum.withheld + change.withheld,
    withheldExperts: sum.withheldExperts + change.withheldExperts,
    shownAgain: (sum.shownAgain ?? 0) + (change.shownAgain ?? 0),
    expertsShownAgain: (sum.expertsShownAgain ?? 0) + (change.expertsShownAgain ?? 0),
  };
}
