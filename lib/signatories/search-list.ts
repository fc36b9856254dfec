import { distance } from "fastest-levenshtein";
import type { Database } from "@/lib/db/client";
import { searchText } from "@/lib/fields/names/search-text";
import {
  beyond,
  filterConditions,
  type ListFilter,
  type ListPlace,
  listOrder,
} from "@/lib/signatories/list-order";
import { type PublicRow, type PublicSignatory, placeOf, ROW, toPublic } from "@/lib/signatories/public-list";
import { likelyGrams, neededGrams } from "@/lib/signatories/search-grams";
import { Prisma } from "@/prisma/generated/client";
import type { ListSection } from "@/prisma/generated/enums";

/** A place among what a search found: the better matches come first. */
export type SearchPlace = ListPlace & { rank: number };

/** A part of what a search found. */
export type SearchPart = {
  signatories: PublicSignatory[];
  next: SearchPlace | null;
  /** How many match, up to `MOST_FOUND`; one more stands for any number beyond. */
  found: number;
  /** Whether nothing matches but for typing errors, which these have. */
  likely: boolean;
};

const NOTHING: SearchPart = { signatories: [], next: null, found: 0, likely: false };

/** A search looks at so many matches; who wants fewer adds a word. */
export const MOST_FOUND = 1_000;
const MOST_WORDS = 8;
/** Among so many a word with a typing error is looked for. */
const MOST_LIKELY = 2_000;
const LIKELY_SHOWN = 20;

/**
 * Searches a letter's public list for words in any order, in names and affiliations: parts of words, and short ones at the
 * beginning of a word. Where nothing matches, what a typing error may have been meant for.
 */
export async function searchList(
  db: Database,
  letterId: string,
  filter: ListFilter,
  { after, offset = 0 }: { after?: SearchPlace; offset?: number },
  limit: number,
): Promise<SearchPart> {
  const words = wordsOf(filter.q ?? "");
  if (words.length === 0) return NOTHING;
  const place = after
    ? Prisma.sql`WHERE p.rank > ${after.rank} OR p.rank = ${after.rank} AND ${beyond(after, false)}`
    : Prisma.empty;
  const rows = await db.$queryRaw<(PublicRow & { rank: number; found: number })[]>`
    WITH found AS MATERIALIZED (
      SELECT p.id, p.section, p.sort_key, ${rankOf(words)} AS rank
      FROM ${withGrams(neededGrams(letterId, words, filter))}
      WHERE ${filterConditions(letterId, filter)} AND ${contains(words)} LIMIT ${MOST_FOUND + 1}),
    part AS (SELECT * FROM found p ${place} ORDER BY p.rank, ${listOrder("NAME", false)} LIMIT ${limit + 1} OFFSET ${offset})
    SELECT ${ROW}, part.rank, (SELECT count(*)::int FROM found) AS found
    FROM part JOIN public_signatory p ON p.id = part.id ORDER BY part.rank, ${listOrder("NAME", false)}`;
  const [{ found } = { found: 0 }] = rows;
  if (rows.length === 0 && !after && offset === 0) return searchLikely(db, letterId, filter, words);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last ? { ...placeOf(last, "NAME"), rank: last.rank } : null;
  return {
    signatories: shown.map(({ rank: _, found: __, ...row }) => toPublic(row)),
    next,
    found,
    likely: false,
  };
}

/** An entry as an organiser finds it by its name. */
export type FoundEntry = { signatureId: string; name: string; section: ListSection; country: string };

/** The entries of a letter's list that match words best, with the signatures behind them: for its organiser alone. */
export async function findEntries(
  db: Database,
  letterId: string,
  typed: string,
  limit: number,
): Promise<FoundEntry[]> {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  return db.$queryRaw<FoundEntry[]>`
    SELECT p.signature_id::text AS "signatureId", p.name, p.section::text AS section, p.country
    FROM ${withGrams(neededGrams(letterId, words, {}))}
    WHERE ${filterConditions(letterId, {})} AND ${contains(words)}
    ORDER BY ${rankOf(words)}, ${listOrder("NAME", false)} LIMIT ${limit}`;
}

/** Typed apart is asked apart: of Chinese names too, whose order is not always known. */
const wordsOf = (typed: string) =>
  typed
    .split(/\s+/u)
    .flatMap((word) => searchText(word).split(" "))
    .filter(Boolean)
    .slice(0, MOST_WORDS);

/**
 * The entries that have all numbers of a set: set by set, until there are enough. `OFFSET 0` keeps the planner from looking at
 * anything else before.
 */
const withGrams = (sets: number[][]) => Prisma.sql`
  jsonb_to_recordset(${JSON.stringify(sets.map((grams) => ({ grams })))}::jsonb) AS v(grams int[]),
  LATERAL (SELECT * FROM public_signatory WHERE search_grams @> v.grams OFFSET 0) p`;

const isHan = (word: string) => /\p{sc=Han}/u.test(word);
/** What `LIKE` takes for something else cannot be in a folded word, but where nothing else was typed. */
const literally = (word: string) => word.replace(/[\\%_]/g, "\\$&");

const contains = (words: string[]) =>
  Prisma.join(
    words.map((word) => {
      const begins = [...word].length < 3 && !isHan(word);
      return Prisma.sql`p.search_text LIKE ${`%${begins ? " " : ""}${literally(word)}%`}`;
    }),
    " AND ",
  );

/** Whole words of the name before others, then those that it begins with; of these the shorter names first. */
function rankOf(words: string[]): Prisma.Sql {
  const name = Prisma.sql`split_part(p.search_text, '|', 1)`;
  const each = words.map((word) => {
    const [whole, begun] = [`% ${literally(word)} %`, `% ${literally(word)}%`];
    return Prisma.sql`CASE WHEN ${name} LIKE ${whole} THEN 0 WHEN ${name} LIKE ${begun} THEN 1
      WHEN p.search_text LIKE ${whole} THEN 2 ELSE 3 END`;
  });
  return Prisma.sql`1000 * (${Prisma.join(each, " + ")}) + least(length(${name}), 999)`;
}

type Candidate = { id: string; text: string };

/** The few that are most like what was typed. */
async function searchLikely(
  db: Database,
  letterId: string,
  filter: ListFilter,
  words: string[],
): Promise<SearchPart> {
  const candidates = await db.$queryRaw<Candidate[]>`
    SELECT p.id::text, p.search_text AS text FROM ${withGrams(likelyGrams(letterId, words, filter))}
    WHERE ${filterConditions(letterId, filter)} LIMIT ${MOST_LIKELY}`;
  // Several sets of numbers may lead to the same entry.
  const best = [...new Map(candidates.map((one) => [one.id, one])).values()]
    .flatMap(({ id, text }) => {
      const errors = errorsIn(words, text.split(" "));
      return errors === null ? [] : [{ id, errors, text }];
    })
    .sort(
      (one, other) =>
        one.errors - other.errors || one.text.length - other.text.length || (one.text < other.text ? -1 : 1),
    )
    .slice(0, LIKELY_SHOWN);
  if (best.length === 0) return NOTHING;
  const ids = best.map(({ id }) => id);
  const rows = await db.$queryRaw<PublicRow[]>`
    SELECT ${ROW} FROM public_signatory p WHERE p.id = ANY(${ids}::uuid[]) ORDER BY array_position(${ids}::uuid[], p.id)`;
  return { signatories: rows.map(toPublic), next: null, found: rows.length, likely: true };
}

/** How many letters are typed otherwise in all; null where a word is like none of the text's. */
function errorsIn(words: string[], text: string[]): number | null {
  const joined = text.map((word, at) => word + (text[at + 1] ?? ""));
  let sum = 0;
  for (const word of words) {
    const least = Math.min(...[...text, ...joined].map((other) => distance(word, other)));
    if (least > mostErrors([...word].length)) return null;
    sum += least;
  }
  return sum;
}

/** Letters that change places count as two. */
const mostErrors = (length: number) => (length < 3 ? 0 : length < 5 ? 1 : 2);
