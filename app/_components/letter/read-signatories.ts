import type { UndersignedProps } from "@/app/_components/letter/undersigned";
import { letterTally } from "@/lib/counts/cached";
import type { LetterPage } from "@/lib/letters/cached";
import { publicCounts, publicList } from "@/lib/signatories/cached";
import type { ListKind } from "@/lib/signatories/list-order";

/** Names of each kind that the letter's own page shows; the full list has pages. */
const SHOWN = 100;

type Signed = Pick<UndersignedProps, "tally" | "organisations" | "experts">;

/** Who has signed, for the letter's own page: the counts, the first organisations and the first experts. */
export async function readSignatories({ slug }: LetterPage): Promise<Signed> {
  const first = async (kind: ListKind, all: number) => {
    const part = await publicList(slug, { kind }, {}, SHOWN);
    const signatories = part?.signatories ?? [];
    return { signatories, more: Math.max(0, all - signatories.length) };
  };
  const [tally, counts] = await Promise.all([letterTally(slug), publicCounts(slug)]);
  const sum = (count: (row: (typeof counts)[number]) => number) =>
    counts.reduce((total, row) => total + count(row), 0);
  const [organisations, experts] = await Promise.all([
    first(
      "organisation",
      sum((row) => (row.kind === "ORGANISATION" ? row.count : 0)),
    ),
    first(
      "expert",
      sum((row) => row.experts),
    ),
  ]);
  return { tally, organisations, experts };
}
