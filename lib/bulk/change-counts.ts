import type { LockedAct } from "@/lib/bulk/held-signatures";
import type { Tx } from "@/lib/db/client";
import { letterChanged } from "@/lib/letters/letter-changed";
import { type CountedStanding, isCounted, tallyChanges } from "@/lib/moderation/rules";
import { changeTally, type TallyChange, type TallyRow } from "@/lib/tally/change-tally";

/** A signature's standing before and after. */
export type Changed = { before: CountedStanding; after: CountedStanding };

/** Changes the counts for many signatures of one letter: each row once, and the letter announced once. */
export async function changeCounts(tx: Tx, act: LockedAct, changed: Changed[], now: Date): Promise<void> {
  const counted = changed.some(({ before, after }) => isCounted(before) || isCounted(after));
  if (counted) await letterChanged(tx, { id: act.letterId, slug: act.slug }, now);
  for (const { row, change } of sumOf(changed)) await changeTally(tx, row, change);
}

/** The sum of all changes, row by row, in a fixed order, so that concurrent changes lock them alike. */
function sumOf(changed: Changed[]): { row: TallyRow; change: TallyChange }[] {
  const rows = new Map<string, { row: TallyRow; change: TallyChange }>();
  for (const { row, change } of changed.flatMap(({ before, after }) => tallyChanges(before, after))) {
    const sum = rows.get(`${row.kind}:${row.country}`)?.change ?? { approved: 0, experts: 0, withheld: 0 };
    sum.approved += change.approved;
    sum.experts += change.experts;
    sum.withheld += change.withheld;
    rows.set(`${row.kind}:${row.country}`, { row, change: sum });
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
