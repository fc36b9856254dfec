import { type ListChoice, toFilter } from "@/app/_components/signatories/list-address";
import { letterTally } from "@/lib/counts/cached";
import type { Tally } from "@/lib/counts/rules";
import { type PublicList, publicCounts, publicList } from "@/lib/signatories/cached";
import type { PublicSignatory } from "@/lib/signatories/public-list";

const PAGE_SIZE = 100;
const NOTHING: PublicList = { signatories: [], next: null };

/** A page of the list, and what its sentence of results needs. */
export type ListPage = {
  choice: ListChoice;
  signatories: PublicSignatory[];
  tally: Tally;
  /** Codes of the countries that there are public signatories from. */
  countries: string[];
  /** How many match; the least there can be while `exact` is false. */
  total: number;
  exact: boolean;
  /** Number of the first one on this page, from 1. */
  from: number;
  hasNext: boolean;
  lastPage: number;
};

/** Reads a page of a letter's list. The totals come from the kept counts; a search by name is not counted to its end. */
export async function readList(slug: string, choice: ListChoice): Promise<ListPage> {
  const offset = (choice.page - 1) * PAGE_SIZE;
  const [tally, counts] = await Promise.all([letterTally(slug), publicCounts(slug)]);
  const { kind, country } = toFilter(choice);
  const matching = counts.filter(
    (row) => (!kind || row.kind === kind) && (!country || row.country === country),
  );
  const counted = matching.reduce((sum, row) => sum + row.count, 0);
  // A page past the end costs no query.
  const list = offset < counted ? await publicList(slug, toFilter(choice), { offset }, PAGE_SIZE) : NOTHING;
  const hasNext = list.next !== null;
  const seen = offset + list.signatories.length;
  const total = choice.q ? seen + (hasNext ? 1 : 0) : counted;
  return {
    choice,
    signatories: list.signatories,
    tally,
    countries: [...new Set(counts.map((row) => row.country))],
    total,
    exact: !choice.q || !hasNext,
    from: offset + 1,
    hasNext,
    lastPage: Math.ceil(total / PAGE_SIZE),
  };
}
