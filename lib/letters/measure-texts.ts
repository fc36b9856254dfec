import { type Measure, measureChange } from "@/lib/letters/difference/measure";
import type { LetterTexts } from "@/lib/letters/rules";

/** A letter's texts by language. */
export type Texts = Map<string, LetterTexts>;

const SIZES = ["NONE", "SMALL", "LARGE"] as const;

/** The largest change of any language. A translation that is new changes nothing that anybody has signed. */
export function measureTexts(before: Texts, after: Texts): Measure {
  const measures = [...before].flatMap(([locale, text]) => {
    const changed = after.get(locale);
    return changed ? [measureChange(text, changed, locale)] : [];
  });
  const weight = ({ size, wordsChanged }: Measure) => SIZES.indexOf(size) * 1e9 + wordsChanged;
  const none: Measure = { size: "NONE", wordsChanged: 0, wordsBefore: 0, because: null };
  return measures.reduce((most, one) => (weight(one) > weight(most) ? one : most), measures[0] ?? none);
}
