import { writeAudit } from "@/lib/audit/write-audit";
import { announceChange, letterTag } from "@/lib/cache/changes";
import { countRows, keptRows } from "@/lib/counts/queries";
import type { CountedRow, KeptRow } from "@/lib/counts/rules";
import { recountStandings } from "@/lib/counts/standing-counts";
import { db, type Tx } from "@/lib/db/client";

/** A row of counts that is not what a fresh count says. */
type CountDifference = { slug: string; kept: object | null; counted: object };

/**
 * Counts every letter's signatures afresh, by standing and the approved ones in full. Compares this with what
 * is kept, and, where no change waits, with what readers see of withheld ones.
 * @param mend writes the fresh counts where they differ
 * @returns the differences found; none means that the counts are right
 */
export async function recount(mend: boolean, now: Date): Promise<CountDifference[]> {
  const letters = await db.letter.findMany({ select: { id: true, slug: true } });
  const found: CountDifference[] = [];
  for (const letter of letters)
    found.push(...(await db.$transaction((tx) => recountLetter(tx, letter, mend, now))));
  return found;
}

async function recountLetter(tx: Tx, letter: { id: string; slug: string }, mend: boolean, now: Date) {
  // What changes counts locks the letter first: both counts see the same signatures.
  const [locked] = await tx.$queryRaw<{ waiting: number }[]>`
    SELECT withheld_changes AS waiting FROM letter WHERE id = ${letter.id}::uuid FOR UPDATE`;
  const kept = await keptRows(tx, letter.id);
  const counted = withPublished(kept, await countRows(tx, letter.id), (locked?.waiting ?? 0) > 0);
  const differences = compare(letter.slug, kept, counted);
  if (mend && differences.length > 0) await replaceRows(tx, letter, counted, now, differences.length);
  const standings = await recountStandings(tx, letter.id, mend);
  const others = standings.map(({ kept: is, counted: should, ...standing }) => ({
    slug: letter.slug,
    kept: { ...standing, count: is },
    counted: { ...standing, count: should },
  }));
  return [...differences, ...others];
}

const name = (row: CountedRow) => `${row.kind}:${row.country}`;
const NOBODY = { approved: 0, experts: 0, withheld: 0, withheldExperts: 0 };
const UNSEEN = { publishedWithheld: 0, publishedWithheldExperts: 0 };

/** The rows as they should be: while changes wait, what readers see of withheld ones stays; else it is what is counted. */
function withPublished(kept: KeptRow[], counted: CountedRow[], waiting: boolean): KeptRow[] {
  const gone = kept.filter((row) => !counted.some((other) => name(other) === name(row)));
  const all = [...counted, ...gone.map(({ kind, country }) => ({ kind, country, ...NOBODY }))];
  return all.map((row) => {
    const { publishedWithheld, publishedWithheldExperts } =
      kept.find((other) => name(other) === name(row)) ?? UNSEEN;
    const seen = waiting
      ? { publishedWithheld, publishedWithheldExperts }
      : { publishedWithheld: row.withheld, publishedWithheldExperts: row.withheldExperts };
    return { ...row, ...seen };
  });
}

function compare(slug: string, kept: KeptRow[], counted: KeptRow[]): CountDifference[] {
  return counted.flatMap((row) => {
    const found = kept.find((other) => name(other) === name(row)) ?? null;
    return numbersOf(found ?? NO_ROW) === numbersOf(row) ? [] : [{ slug, kept: found, counted: row }];
  });
}

const NO_ROW = { ...NOBODY, ...UNSEEN };

function numbersOf(row: Omit<KeptRow, "kind" | "country">): string {
  const { approved, experts, withheld, withheldExperts, publishedWithheld, publishedWithheldExperts } = row;
  return [approved, experts, withheld, withheldExperts, publishedWithheld, publishedWithheldExperts].join();
}

async function replaceRows(
  tx: Tx,
  letter: { id: string; slug: string },
  rows: KeptRow[],
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
