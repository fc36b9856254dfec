/** How long a copy is kept at least while nobody goes: what readers see may change every second. */
export const KEPT_MINUTES = 10;

export const dueBefore = (now: Date) => new Date(now.getTime() - KEPT_MINUTES * 60_000);

/** How many names a copy has at most; a longer list is on the web. */
export const MOST_NAMES = 5_000;

/** A word that is longer could be wider than its column, if it is all of W. */
const LONGEST_WORD = 24;
const PIECE = 10;
const BREAK = "\u200b";

/** A text that reads in its own direction, whatever is around it. */
export const isolated = (text: string) => `\u2068${text}\u2069`;

/** A text of which every part fits a column: long words may be broken, between what reads as one character. */
export function breakable(text: string): string {
  const long = new RegExp(`[^\\s\\p{Script=Han}]{${LONGEST_WORD},}`, "gu");
  return text.replace(long, (word) => {
    const signs = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(word)];
    return signs
      .map(({ segment }, place) => (place > 0 && place % PIECE === 0 ? BREAK : "") + segment)
      .join("");
  });
}
