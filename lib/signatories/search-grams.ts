import { shortHash } from "@/lib/fields/names/short-hash";
import { type ListFilter, sectionsOf } from "@/lib/signatories/list-order";
import type { ListSection } from "@/prisma/generated/enums";

/** Parts of a word: runs of Han, which has no spaces between words, and of everything else. */
const runsOf = (word: string) => word.match(/\p{sc=Han}+|\P{sc=Han}+/gu) ?? [];
const isHan = (run: string) => /^\p{sc=Han}/u.test(run);

const pieces = (letters: string[], size: number) =>
  letters.slice(size - 1).map((_, at) => letters.slice(at, at + size).join(""));
const beginning = (letters: string[], size: number) => `^${letters.slice(0, size).join("")}`;
const end = (letters: string[]) => `${letters.slice(-2).join("")}$`;

/** The pieces under which a run is kept: its beginning, its end and each three letters; of Han each one and two. */
function keptPieces(run: string): string[] {
  const letters = [...run];
  if (isHan(run)) return [...letters, ...pieces(letters, 2)];
  return [beginning(letters, 1), beginning(letters, 2), ...pieces(letters, 3), end(letters)];
}

/** The pieces of a text that contains a run: within a word, or at its beginning where it is shorter than three letters. */
function neededPieces(run: string): string[] {
  const letters = [...run];
  if (isHan(run)) return letters.length === 1 ? letters : pieces(letters, 2);
  return letters.length < 3 ? [beginning(letters, 2)] : pieces(letters, 3);
}

/** The choices of pieces of which a text has one where it has a word like this one, but for a typing error. */
function likelyPieces(word: string): string[][] {
  const letters = [...word];
  const middle = Math.ceil(letters.length / 2);
  if (isHan(word)) return letters.length < 3 ? [] : pieces(letters, 2).map((pair) => [pair]);
  // A short word with an error in it is another word.
  if (letters.length < 4) return [];
  return [
    [beginning(letters, 2), ...pieces(letters.slice(0, middle), 3)],
    [...pieces(letters.slice(middle), 3), end(letters)],
    [beginning(letters, 1), end(letters)],
  ];
}

/**
 * Each entry is in one of so many parts of the index, by chance. A search looks through one after the other and stops
 * once it has enough, so that a common word costs no more than a rare one.
 */
const SHARES = 16;

const hashed = (letterId: string, share: number, pieces: string[]) => [
  ...new Set(pieces.map((piece) => shortHash(`${letterId}:${share}`, piece))),
];
const inEachShare = (letterId: string, pieces: string[]) =>
  Array.from({ length: SHARES }, (_, share) => hashed(letterId, share, pieces));

/** The numbers under which the search finds an entry. @param text as `searchText` makes it */
export function keptGrams(letterId: string, section: ListSection, country: string, text: string): number[] {
  const found = text.split(" ").flatMap((word) => runsOf(word).flatMap(keptPieces));
  const share = (shortHash(letterId, text) >>> 8) % SHARES;
  return hashed(letterId, share, [...found, `#${section}`, `#${country}`]);
}

/** What of a filter is in the index: of several sections nothing. */
function filterPieces({ kind, country }: ListFilter): string[] {
  const [section, ...others] = kind ? sectionsOf(kind) : [];
  return [country ?? [], section && others.length === 0 ? section : []].flat().map((value) => `#${value}`);
}

const needed = (words: string[]) => words.flatMap((word) => runsOf(word).flatMap(neededPieces));

/** Sets of numbers: an entry that contains the words has all of one set. */
export const neededGrams = (letterId: string, words: string[], filter: ListFilter) =>
  inEachShare(letterId, [...needed(words), ...filterPieces(filter)]);

/** Sets of numbers: an entry that contains the words but for a typing error in one of them has all of one set. */
export function likelyGrams(letterId: string, words: string[], filter: ListFilter): number[][] {
  return words.flatMap((word, at) => {
    const others = [...needed(words.toSpliced(at, 1)), ...filterPieces(filter)];
    return likelyPieces(word).flatMap((choice) => inEachShare(letterId, [...choice, ...others]));
  });
}
