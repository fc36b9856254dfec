import { distance } from "fastest-levenshtein";
import type { NamedCountry } from "@/lib/fields/countries/rules";

/** What people call a country besides its names in CLDR, abbreviations too. */
const ALIASES: Partial<Record<string, string[]>> = {
  AE: ["UAE", "Emirates", "Abu Dhabi", "Dubai"],
  BA: ["BiH", "Herzegovina"],
  BO: ["Bolivia"],
  BQ: ["Bonaire", "Saba", "Sint Eustatius"],
  CD: ["Congo", "DRC", "DR Congo", "Zaire", "Congo Kinshasa", "Democratic Republic of the Congo"],
  CF: ["CAR"],
  CG: ["Congo", "Republic of the Congo", "Congo Brazzaville"],
  CI: ["Ivory Coast"],
  CN: ["PRC", "Peoples Republic of China", "Mainland China"],
  CV: ["Cape Verde"],
  CZ: ["Czech Republic", "Czechia"],
  DE: ["FRG", "Federal Republic of Germany", "Almanya"],
  EH: ["Sahrawi", "SADR"],
  FK: ["Malvinas"],
  FM: ["Micronesia"],
  GB: [
    "UK",
    "United Kingdom",
    "Great Britain",
    "Britain",
    "England",
    "Scotland",
    "Wales",
    "Northern Ireland",
    "GBR",
    "Angleterre",
  ],
  GR: ["Hellas"],
  HK: ["Hong Kong", "HKSAR"],
  IE: ["Eire", "Republic of Ireland"],
  IR: ["Islamic Republic of Iran", "Persia"],
  KG: ["Kirghizia", "Kyrgyz Republic", "Kirgistan"],
  KN: ["Nevis"],
  KP: ["DPRK", "North Korea"],
  KR: ["ROK", "South Korea", "Korea", "Republic of Korea"],
  KZ: ["Kazakstan"],
  LA: ["Lao", "Lao PDR"],
  LK: ["Ceylon"],
  MK: ["Macedonia", "FYROM"],
  MM: ["Burma"],
  MO: ["Macau", "Macao"],
  MV: ["Maldive"],
  NL: ["Holland", "The Netherlands"],
  NZ: ["Aotearoa"],
  PH: ["The Philippines"],
  PS: ["Palestine", "State of Palestine", "West Bank", "Gaza"],
  RU: ["Russian Federation"],
  SA: ["KSA", "Kingdom of Saudi Arabia"],
  SR: ["Surinam"],
  ST: ["Principe"],
  SX: ["Saint Martin", "St Maarten"],
  SY: ["Syrian Arab Republic"],
  SZ: ["Swaziland"],
  TL: ["East Timor"],
  TR: ["Turkey", "Turkiye", "Turquie", "Turkei"],
  TT: ["Tobago"],
  TW: ["Taiwan", "Republic of China", "ROC", "Formosa"],
  TZ: ["Tanzania", "Zanzibar"],
  UA: ["The Ukraine"],
  US: ["USA", "United States", "United States of America", "America", "U S"],
  VA: ["Vatican", "Holy See"],
  VC: ["Grenadines"],
  VN: ["Viet Nam"],
  WS: ["Western Samoa"],
  XK: ["Kosova"],
  ZA: ["RSA"],
};

/** Languages in which people look for a country, besides the page's and each country's own. */
const LANGUAGES = ["en", "fr", "es", "de", "ar", "tr", "ru", "zh", "ug"];

/** A typing error is forgiven in a word of at least so many letters. */
const FORGIVEN_FROM = 5;

/** Without accents, case, punctuation and a leading "the": what two spellings of a name have in common. */
const folded = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ı", "i")
    .toLowerCase()
    .replace(/['’.]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^the /u, "");

const namesIn = (language: string) => new Intl.DisplayNames([language], { type: "region", fallback: "none" });

/** What a country is called: its name here, its code, its everyday names, in its own language and in others. */
function called({ code, name, also = [] }: NamedCountry, others: Intl.DisplayNames[]): string[] {
  if (code === "001") return [name, ...also, "world", "global", "worldwide", "several countries"].map(folded);
  const own = new Intl.Locale(`und-${code}`).maximize().language;
  const names = [
    name,
    ...also,
    code,
    ...(ALIASES[code] ?? []),
    ...[...others, namesIn(own)].map((all) => all.of(code) ?? ""),
  ];
  return [...new Set(names.map(folded))].filter(Boolean);
}

const EXACT = 0;
const SLIP = 8;
const NOT_AT_ALL = 9;

/** How well a name answers: the same, begins so, has a word that begins so, holds it; the less, the better. */
function rank(name: string, typed: string): number {
  if (name === typed) return EXACT;
  if (name.startsWith(typed)) return 1;
  if (typed.length < 2) return NOT_AT_ALL;
  if (` ${name}`.includes(` ${typed}`)) return 2;
  return typed.length > 2 && name.includes(typed) ? 3 : NOT_AT_ALL;
}

const isSlip = (name: string, typed: string) =>
  typed.length >= FORGIVEN_FROM && distance(name, typed) <= (typed.length > 8 ? 2 : 1);

/**
 * Finds countries by what people type: a code, a name in this or another language, an everyday name ("UK", "Holland").
 * @param countries with their names as the page shows them, in its order
 * @returns `find`: the countries that a text may mean, the likeliest first, all for an empty one; those that a typing error
 * leads to where nothing else does. `meant`: the one that it can only mean, if there is one
 */
export function countryFinder<C extends NamedCountry>(countries: readonly C[]) {
  const others = LANGUAGES.map(namesIn);
  const all = countries.map((country) => ({ country, names: called(country, others) }));

  function ranked(text: string): { country: C; by: number }[] {
    const typed = folded(text);
    const found = all
      .map(({ country, names }) => ({ country, by: Math.min(...names.map((name) => rank(name, typed))) }))
      .filter(({ by }) => by < NOT_AT_ALL)
      .sort((one, other) => one.by - other.by);
    if (found.length > 0) return found;
    const slips = all.filter(({ names }) => names.some((name) => isSlip(name, typed)));
    return slips.map(({ country }) => ({ country, by: SLIP }));
  }

  return {
    find: (text: string): C[] => (folded(text) ? ranked(text).map(({ country }) => country) : [...countries]),
    meant(text: string): C | null {
      const [first, second] = folded(text) ? ranked(text) : [];
      if (!first || first.by === SLIP) return null;
      return !second || (first.by === EXACT && second.by > EXACT) ? first.country : null;
    },
  };
}
