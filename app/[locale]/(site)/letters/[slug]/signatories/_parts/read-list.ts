import {
  type ListChoice,
  MAX_PAGE,
  toFilter,
} from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import { letterTally } from "@/lib/counts/cached";
import type { Tally } from "@/lib/counts/rules";
import { earlierPublicCounts, publicCounts, publicList, publicSearch } from "@/lib/signatories/cached";
import { EARLIER, LIST_KINDS } from "@/lib/signatories/list-order";
import { decodeCursor, encodeCursor } from "@/lib/signatories/list-query";
import type { PublicSignatory } from "@/lib/signatories/public-list";
import { MOST_FOUND } from "@/lib/signatories/search-list";

const PAGE_SIZE = 100;

/** A page of the list, and what its sentence of results needs. */
export type ListPage = {
  choice: ListChoice;
  signatories: PublicSignatory[];
  tally: Tally;
  /** How many signed an earlier version and not the newest: they have a list of their own. */
  earlier: number;
  /** The kinds, each with how many names there are of it in the chosen country. */
  kinds: { kind: ListChoice["kind"]; count: number }[];
  /** Codes of the countries that there are public signatories from. */
  countries: string[];
  /** How many match. */
  total: number;
  /** What the number is: exact, the most that a search counts, or of names that are only like what was asked for. */
  found: "exact" | "more" | "likely";
  /** Number of the first one on this page, from 1; null for a page that is found by its place. */
  from: number | null;
  /** Places of the pages beside this one, where these have no number. */
  next: string | null;
  previous: string | null;
  /** The last page with a number. */
  lastPage: number;
};

/** Reads a page of a letter's list; null where there is no such page. The totals come from the kept counts. */
export async function readList(slug: string, choice: ListChoice): Promise<ListPage | null> {
  const [tally, counted, earlierCounts] = await Promise.all([
    letterTally(slug),
    publicCounts(slug),
    earlierPublicCounts(slug),
  ]);
  const counts = choice.kind === EARLIER ? earlierCounts : counted;
  const countries = [...new Set(counts.map((row) => row.country))];
  const earlier = earlierCounts.reduce((sum, { count }) => sum + count, 0);
  const part = choice.q ? await readSearch(slug, choice) : await readPart(slug, choice, counts);
  const beyond = part?.signatories.length === 0 && (choice.page > 1 || choice.after || choice.before);
  if (!part || beyond) return null;
  const kinds = [
    ...(["", ...LIST_KINDS] as const).map((kind) => ({ kind, count: countOf(counted, { ...choice, kind }) })),
    { kind: EARLIER, count: countOf(earlierCounts, { ...choice, kind: EARLIER }) },
  ];
  return { choice, tally, earlier, kinds, countries, ...part };
}

type Part = Omit<ListPage, "choice" | "tally" | "earlier" | "kinds" | "countries">;

async function readPart(slug: string, choice: ListChoice, counts: Counts): Promise<Part | null> {
  const { page } = choice;
  const place = (text: string) => (text ? (decodeCursor(text) ?? undefined) : undefined);
  const [after, before] = [place(choice.after), place(choice.before)];
  const placed = after ?? before;
  if (!placed && page > MAX_PAGE) return null;
  const total = countOf(counts, choice);
  const offset = placed ? 0 : (page - 1) * PAGE_SIZE;
  const list = await publicList(slug, toFilter(choice), { after, before, offset }, PAGE_SIZE);
  if (!list) return null;
  const lastPage = Math.min(MAX_PAGE, Math.ceil(total / PAGE_SIZE));
  const next = list.next && (placed || page >= lastPage) ? encodeCursor(list.next) : null;
  const previous = placed && list.previous ? encodeCursor(list.previous) : null;
  const from = placed ? null : offset + 1;
  return { signatories: list.signatories, total, found: "exact", from, next, previous, lastPage };
}

type Counts = Awaited<ReturnType<typeof publicCounts>>;

function countOf(counts: Counts, { kind, country }: ListChoice): number {
  const ofKind = ({ kind: is, count, experts }: Counts[number]) => {
    if (kind === "expert") return experts;
    return !kind || kind === EARLIER || (kind === "organisation") === (is === "ORGANISATION") ? count : 0;
  };
  return counts
    .filter((row) => !country || row.country === country)
    .reduce((sum, row) => sum + ofKind(row), 0);
}

async function readSearch(slug: string, choice: ListChoice): Promise<Part | null> {
  const offset = (choice.page - 1) * PAGE_SIZE;
  if (offset >= MOST_FOUND) return null;
  const found = await publicSearch(slug, toFilter(choice), { offset }, PAGE_SIZE);
  if (!found) return null;
  const total = Math.min(found.found, MOST_FOUND);
  return {
    signatories: found.signatories,
    total,
    found: found.likely ? "likely" : found.found > MOST_FOUND ? "more" : "exact",
    from: offset + 1,
    next: null,
    previous: null,
    lastPage: Math.ceil(total / PAGE_SIZE),
  };
}
