import { commonPlaces } from "@/lib/letters/difference/common-places";
import { type Block, type LetterWords, letterBlocks } from "@/lib/letters/difference/text-blocks";
import type { ChangeSize } from "@/prisma/generated/enums";

/** How much of a text a change touches. */
export type Measure = {
  size: ChangeSize;
  wordsChanged: number;
  wordsBefore: number;
  /** Whether a number changes, or a sign that belongs to one. */
  numbers: boolean;
};

/** A small change touches at most so many words, and at most this part of all. */
const MOST_WORDS = 10;
const MOST_PART = 0.03;

/**
 * Measures a change of a letter's text. Anyone who has signed keeps their signature through a small one, and is asked again
 * after a large one, so in doubt it is large: a number, percent sign or minus that changed always is.
 */
export function measureChange(before: LetterWords, after: LetterWords, locale: string): Measure {
  const [old, fresh] = tokensOf([letterBlocks(before), letterBlocks(after)], locale);
  const wordsBefore = old.filter(isWord).length;
  const common = commonPlaces(old, fresh);
  if (!common)
    return {
      size: "LARGE",
      wordsChanged: Math.max(wordsBefore, fresh.filter(isWord).length),
      wordsBefore,
      numbers: false,
    };
  const gone = places(old, new Set(common.map(([a]) => a)));
  const come = places(fresh, new Set(common.map(([, b]) => b)));
  const words = (tokens: string[], changed: number[]) =>
    changed.filter((place) => isWord(tokens[place])).length;
  const wordsChanged = Math.max(words(old, gone), words(fresh, come));
  const numbers = [
    ...gone.map((place) => isOfNumber(old, place)),
    ...come.map((place) => isOfNumber(fresh, place)),
  ].includes(true);
  return { size: sizeOf(wordsChanged, wordsBefore, numbers), wordsChanged, wordsBefore, numbers };
}

function sizeOf(wordsChanged: number, wordsBefore: number, touchesNumber: boolean): ChangeSize {
  if (touchesNumber) return "LARGE";
  if (wordsChanged === 0) return "NONE";
  return wordsChanged <= MOST_WORDS && wordsChanged <= MOST_PART * wordsBefore ? "SMALL" : "LARGE";
}

/**
 * The words, signs and marks of punctuation of two texts, each by itself; where one block ends and the next begins says
 * nothing. What both have in common is taken apart once.
 */
function tokensOf([before, after]: [Block[], Block[]], locale: string): [string[], string[]] {
  const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
  const segments = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);
  const texts = new Set([...before, ...after].map(({ text }) => text));
  const known = new Map([...texts].map((text) => [text, segments(text).filter((token) => token.trim())]));
  const ofAll = (blocks: Block[]) => blocks.flatMap(({ text }) => known.get(text) ?? []);
  return [ofAll(before), ofAll(after)];
}

const places = (tokens: string[], kept: ReadonlySet<number>) =>
  tokens.flatMap((_, place) => (kept.has(place) ? [] : [place]));

/** Whether a token says something: everything but punctuation and what nobody sees. */
const isWord = (token = "") => /[^\p{P}\p{Z}\p{C}]/u.test(token);

/** Whether a token is a number or a sign that belongs to one. */
function isOfNumber(tokens: string[], place: number): boolean {
  const token = tokens[place] ?? "";
  if (/\p{N}/u.test(token)) return true;
  if (/^[\p{L}\p{M}.,;:!?'"’‘“”«»()[\]…、。，؛؟،]*$/u.test(token)) return false;
  return [tokens[place - 1], tokens[place + 1]].some((other) => /\p{N}/u.test(other ?? ""));
}
