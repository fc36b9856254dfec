import { foldCase } from "@/lib/fields/names/case-fold";
import { foldName } from "@/lib/fields/names/rules";

// Accents, harakat, points: what people leave out. Indic and Thai marks are letters, and stay; so do kana's.
const LOOSE_MARKS = /(?![\u3099\u309A])(?=\p{M})[\p{sc=Zinh}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}]/gu;

/** Letters that no decomposition brings to their plain form, each list before its plain letter. */
const PLAIN: Record<string, string> = Object.fromEntries(
  [
    // Latin
    ["łƚɫ", "l"],
    ["øɵ", "o"],
    ["đðɖ", "d"],
    ["þ", "th"],
    ["æ", "ae"],
    ["œ", "oe"],
    ["ħ", "h"],
    ["ı", "i"],
    ["ŋ", "n"],
    ["ŧ", "t"],
    ["əǝ", "e"],
    // Cyrillic
    ["ґғ", "г"],
    // Arabic, Persian, Urdu, Uyghur: alef, yeh, kaf, heh and waw in all their shapes
    ["ٱ", "ا"],
    ["ىیېےۍ", "ي"],
    ["کڪگ", "ك"],
    ["ةەھہۃ", "ه"],
    ["ۇۆۈۋۅ", "و"],
    ["ڭ", "ن"],
  ].flatMap(([letters = "", plain = ""]) => [...letters].map((letter) => [letter, plain])),
);
const UNPLAIN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");

// Uyghur writes a hamza on its tooth before each vowel that begins a syllable; many leave it out.
const HAMZA_BEFORE_VOWEL = /ئ(?=[اەوۇۆۈېى])/gu;
const SILENT = /['’‘‛ʼʻʾʿˈˊ`´′ʹ׳״"“”ءـ\p{Default_Ignorable_Code_Point}]/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;
const BETWEEN_HAN = /(?<=\p{sc=Han}) (?=\p{sc=Han})/gu;

/**
 * A text as the search of the list reads it, for storing and asking alike, never for showing: words apart by single spaces,
 * without case, accents, apostrophes, and the differences between letters that people type for one another.
 */
export function searchText(text: string): string {
  const words = foldCase(text)
    .replace(HAMZA_BEFORE_VOWEL, "")
    .normalize("NFKD")
    .replace(LOOSE_MARKS, "")
    .normalize("NFC")
    .replace(UNPLAIN, (letter) => PLAIN[letter] ?? letter)
    .replace(SILENT, "")
    .replace(NEITHER_LETTER_NOR_DIGIT, " ")
    .trim()
    .replace(BETWEEN_HAN, "");
  return words || foldName(text);
}
