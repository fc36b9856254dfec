import { BOUNDS } from "@/lib/cache/bounds";
import { skeletonOf } from "@/lib/fields/names/skeleton";

// Scripts of living languages (UAX #31, tables 5 and 7); letters of others tell nothing here.
const SCRIPTS = `
  Latn Cyrl Grek Armn Hebr Arab Syrc Thaa Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Geor
  Hang Ethi Cher Cans Khmr Mong Hira Kana Bopo Hani Yiii Tfng Nkoo Vaii Lisu Olck Java Bali Sund Cham Lana Mtei Cakm
  Adlm Copt Limb Newa Rohg Saur Tale Talu Tavt
`
  .trim()
  .split(/\s+/)
  .map((code) => ({ code, letters: new RegExp(`\\p{scx=${code}}`, "u") }));

/** Scripts that one word of one language is written in (UTS #39, section 5.2, "highly restrictive"). */
const TOGETHER = [
  ["Latn", "Hani", "Hira", "Kana"],
  ["Latn", "Hani", "Hang"],
  ["Latn", "Hani", "Bopo"],
];

// Letters that alphabets of Latin script borrow from Greek, as Salish and African languages do.
const BORROWED = /[\u03B2\u03B8\u03BB\u03C7]/u;

const WORDS = /[\p{L}\p{M}\p{N}'’ʼʻ]+/gu;

const MOST_KNOWN = BOUNDS["lib/fields/names/scripts.ts known"].entries;
const known = new Map<string, ReadonlySet<string> | null>();

/** The scripts that a character can belong to; null for one of all scripts or of none listed. */
function scriptsOf(character: string): ReadonlySet<string> | null {
  const found = known.get(character);
  if (found !== undefined) return found;
  const codes = SCRIPTS.filter(({ letters }) => letters.test(character)).map(({ code }) => code);
  if (BORROWED.test(character)) codes.push("Latn");
  const together = TOGETHER.flatMap((set) =>
    set.some((code) => codes.includes(code)) ? [set.join("+")] : [],
  );
  const scripts = codes.length > 0 ? new Set([...codes, ...together]) : null;
  // What visitors type must not fill the memory.
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(character, scripts);
  return scripts;
}

/** The scripts in which all of a word can be; null where any will do. Empty for a mixture. */
function commonScripts(word: string): ReadonlySet<string> | null {
  const sets = [...word].flatMap((character) => scriptsOf(character) ?? []);
  const [first, ...others] = sets;
  return first ? new Set([...first].filter((script) => others.every((set) => set.has(script)))) : null;
}

// A word of another script that could be read as a Latin one.
const looksLatin = (word: string) => /^[a-z]{2,}$/.test(skeletonOf(word));

/** A word with the ISO 15924 codes of the scripts that its letters are of. */
export type MixedWord = { word: string; scripts: string[] };

/**
 * The words of a name that mix scripts in a way that no language does, or that stand among Latin words and only look
 * Latin. Names in two scripts side by side are everyday, and mix nothing.
 */
export function mixedWords(name: string): MixedWord[] {
  const words = name.normalize("NFC").match(WORDS) ?? [];
  const scripts = words.map(commonScripts);
  const amongLatin = scripts.some((common) => common?.has("Latn"));
  return words.flatMap((word, place) => {
    const common = scripts[place];
    const mixed = common?.size === 0 || (amongLatin && common && !common.has("Latn") && looksLatin(word));
    return mixed ? [{ word, scripts: scriptsIn(word) }] : [];
  });
}

// Of a character of several scripts the most usual one.
function scriptsIn(word: string): string[] {
  return [...new Set([...word].flatMap((character) => [...(scriptsOf(character) ?? [])].slice(0, 1)))];
}
