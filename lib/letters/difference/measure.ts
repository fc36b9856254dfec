import { commonPlaces } from "@/lib/letters/difference/common-places";
import { type Block, type LetterWords, letterBlocks } from "@/lib/letters/difference/text-blocks";
import { isPictureName } from "@/lib/letters/pictures/rules";
import type { ChangeSize } from "@/prisma/generated/enums";

/** How much of a text a change touches. */
export type Measure = {
  size: ChangeSize;
  wordsChanged: number;
  wordsBefore: number;
  /** What makes it large, however few words change. */
  because: "number" | "picture" | null;
};

/** A small change touches at most so many words, and at most this part of all. */
const MOST_WORDS = 10;
const MOST_PART = 0.03;

/**
 * Measures a change of a letter's text. Anyone who has signed keeps their signature through a small one, and is asked again
 * after a large one, so in doubt it is large: a number, percent sign or minus that changed always is, and so is a new
 * picture, which only eyes can judge.
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
      because: null,
    };
  const gone = places(old, new Set(common.map(([a]) => a)));
  const come = places(fresh, new Set(common.map(([, b]) => b)));
  const words = (tokens: string[], changed: number[]) =>
    changed.filter((place) => isWord(tokens[place])).length;
  const wordsChanged = Math.max(words(old, gone), words(fresh, come));
  const touchesNumber =
    gone.some((place) => isOfNumber(old, place)) || come.some((place) => isOfNumber(fresh, place));
  const known = new Set(old);
  const newPicture = come.some((place) => isPicture(fresh[place]) && !known.has(fresh[place] ?? ""));
  const because = touchesNumber ? "number" : newPicture ? "picture" : null;
  const size = because ? "LARGE" : sizeOf(wordsChanged, wordsBefore);
  return { size, wordsChanged, wordsBefore, because };
}

function sizeOf(wordsChanged: number, wordsBefore: number): ChangeSize {
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
  if (isNumber(token)) return true;
  if (/^[\p{L}\p{M}.,;:!?'"’‘“”«»()[\]…、。，؛؟،]*$/u.test(token)) return false;
  return isNumber(tokens[place - 1]) || isNumber(tokens[place + 1]);
}

const isNumber = (token = "") => /\p{N}/u.test(token) && !isPicture(token);

/** Whether a token is the file of a picture: its name is a hash, whose digits say nothing. */
const isPicture = (token = "") => isPictureName(token) || isPictureName(`${token}.webp`);
