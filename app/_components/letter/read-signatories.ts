import { letterTally } from "@/lib/counts/cached";
import type { Tally } from "@/lib/counts/rules";
import type { LetterPage } from "@/lib/letters/cached";
import { publicList } from "@/lib/signatories/cached";
import type { PublicSignatory } from "@/lib/signatories/public-list";

/** Names of each kind that the letter's own page shows; the full list has pages. */
const SHOWN = 200;

/** Who has signed, for the letter's own page: the counts, the first organisations and the first experts. */
export async function readSignatories({
  slug,
}: LetterPage): Promise<{ tally: Tally; organisations: PublicSignatory[]; experts: PublicSignatory[] }> {
  const [tally, organisations, individuals] = await Promise.all([
    letterTally(slug),
    publicList(slug, { kind: "ORGANISATION" }, {}, SHOWN),
    publicList(slug, { kind: "INDIVIDUAL" }, {}, SHOWN),
  ]);
  // Experts come first among the individuals.
  const experts = individuals.signatories.filter(({ expert }) => expert);
  return { tally, organisations: organisations.signatories, experts };
}
