/** Sorts after every other letter of the Latin alphabet. */
const LAST = "ʒ";

/** Latin letters that are letters of their own, each with the one that it follows. Elsewhere they are accents. */
const FOLLOWS: Record<string, Record<string, string>> = {
  es: { ñ: "n" },
  tr: { ç: "c", ğ: "g", ı: "h", ö: "o", ş: "s", ü: "u" },
};

/** Scripts whose names come before all others in a letter of their own. Of Han the characters that names are written with. */
const ARABIC = { script: /\p{sc=Arab}/u, from: 0x620, to: 0x6d5 };
const HAN = { script: /\p{sc=Han}/u, from: 0x4e00, to: 0x9fa5 };
const SCRIPTS: Record<string, typeof ARABIC> = { ar: ARABIC, ug: ARABIC, "zh-Hans": HAN };

/** Sorts after everything, and is nothing. */
const AFTER_ALL = "\uFFFF";

/** A text without capitals: in Turkish, I and İ are two letters. */
export const lowerCase = (text: string, language: string) =>
  language === "tr" ? text.toLocaleLowerCase("tr").replaceAll("ı", `h${LAST}`) : text;

/**
 * A folded name, spelled so that the root collation, which the list's indexes have, puts it where the alphabet of a letter's
 * language does: Turkish ş after s, Chinese by pinyin. Names that are alike stay alike.
 */
export function inAlphabet(folded: string, language: string): string {
  const follows = FOLLOWS[language];
  if (follows) return folded.replace(/\p{L}/gu, (of) => (follows[of] ? follows[of] + LAST : of));
  const own = SCRIPTS[language];
  if (!own) return folded;
  const respelled = respelling(language, own);
  const spelled = folded.replace(/\p{L}/gu, (of) => respelled.get(of) ?? of);
  const elsewhere = /^\p{L}/u.test(folded) && !own.script.test(folded[0] ?? "");
  return elsewhere ? AFTER_ALL + spelled : spelled;
}

const respellings = new Map<string, Map<string, string>>();

/** For each letter the one that the root collation has at the place that the language gives it. */
function respelling(language: string, { from, to }: typeof ARABIC): Map<string, string> {
  const known = respellings.get(language);
  if (known) return known;
  const letters = Array.from({ length: to - from + 1 }, (_, place) => String.fromCodePoint(from + place));
  const [wanted, root] = [language, "en"].map((of) => groups(letters, of));
  const made = new Map(wanted?.flatMap((group, at) => group.map((one) => [one, root?.[at]?.[0] ?? one])));
  respellings.set(language, made);
  return made;
}

/** Letters in a language's order; those that it takes for the same are together. */
function groups(letters: string[], language: string): string[][] {
  const { compare } = new Intl.Collator(language);
  const same = new Intl.Collator(language, { sensitivity: "base" }).compare;
  const grouped: string[][] = [];
  for (const letter of letters.filter((one) => /\p{L}/u.test(one)).sort(compare)) {
    const group = grouped.at(-1);
    if (group && same(group[0] ?? "", letter) === 0) group.push(letter);
    else grouped.push([letter]);
  }
  return grouped;
}
