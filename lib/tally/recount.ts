import { writeAudit } from "@/lib/audit/write-audit";
import { announceChange, letterTag } from "@/lib/cache/changes";
import { db, type Tx } from "@/lib/db/client";
import { countRows } from "@/lib/tally/queries";
import type { CountedRow } from "@/lib/tally/rules";

/** A row of counts that is not what a fresh count says. */
export type TallyDifference = { slug: string; kept: CountedRow | null; counted: CountedRow | null };

/**
 * Counts every letter's approved signatures afresh and compares with what is kept.
 * @param mend writes the fresh counts where they differ
 * @returns the differences found; none means that the counts are right
 */
export async function recount(mend: boolean, now: Date): Promise<TallyDifference[]> {
  const letters = await db.letter.findMany({ select: { id: true, slug: true } });
  const found: TallyDifference[] = [];
  for (const letter of letters)
    found.push(...(await db.$transaction((tx) => recountLetter(tx, letter, mend, now))));
  return found;
}

async function recountLetter(tx: Tx, letter: { id: string; slug: string }, mend: boolean, now: Date) {
  // Approvals of this letter wait, so that both counts see the same signatures.
  await tx.$executeRaw`LOCK TABLE letter_tally IN SHARE ROW EXCLUSIVE MODE`;
  const select = { kind: true, country: true, approved: true, experts: true, withheld: true } as const;
  const kept = await tx.letterTally.findMany({
    where: { letterId: letter.id, approved: { not: 0 } },
    select,
  });
  const counted = await countRows(tx, letter.id);
  const differences = compare(letter.slug, kept, counted);
  if (mend && differences.length > 0) await replaceRows(tx, letter, counted, now, differences.length);
  return differences;
}

function compare(slug: string, kept: CountedRow[], counted: CountedRow[]): TallyDifference[] {
  const name = (row: CountedRow) => `${row.kind}:${row.country}`;
  const same = (a: CountedRow, b: CountedRow) =>
    a.approved === b.approved && a.experts === b.experts && a.withheld === b.withheld;
  return [...new Set([...kept, ...counted].map(name))].flatMap((key) => {
    const left = kept.find((row) => name(row) === key) ?? null;
    const right = counted.find((row) => name(row) === key) ?? null;
    return left && right && same(left, right) ? [] : [{ slug, kept: left, counted: right }];
  });
}

async function replaceRows(
  tx: Tx,
  letter: { id: string; slug: string },
  rows: CountedRow[],
  now: Date,
  differences: number,
) {
  await tx.letterTally.deleteMany({ where: { letterId: letter.id } });
  await tx.letterTally.createMany({ data: rows.map((row) => ({ letterId: letter.id, ...row })) });
  await writeAudit(tx, {
    at: now,
    actor: "SYSTEM",
    action: "letter.recount",
    letterId: letter.id,
    details: { differences },
  });
  await announceChange(tx, letterTag(letter.slug));
}
