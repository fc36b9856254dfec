const CODES = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ
  BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR
  CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU
  ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ
  LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
  MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
  PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
  SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR
  TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
`;

/**
 * The officially assigned codes of ISO 3166-1 alpha-2 (https://www.iso.org/obp/ui/#search, 249 codes), and XK, which
 * Unicode, the EU and others use for Kosovo.
 */
export const COUNTRIES: readonly string[] = CODES.trim().split(/\s+/);

/** Organisations of many countries: the world of UN M49. It counts as no country. */
export const INTERNATIONAL = "001";

const INTERNATIONAL_NAMES: Record<string, string> = { en: "International", ar: "دولية" };

const known = new Set([...COUNTRIES, INTERNATIONAL]);

/** Those whose long name in CLDR says to whom they belong. */
const BY_SHORT_NAME = new Set(["HK", "MO", "PS", "MM"]);

const namesByLocale = new Map<string, Record<"long" | "short", Intl.DisplayNames>>();

function namesIn(locale: string): Record<"long" | "short", Intl.DisplayNames> {
  const kept = namesByLocale.get(locale);
  if (kept) return kept;
  const names = (style: "long" | "short") => new Intl.DisplayNames(locale, { type: "region", style });
  const made = { long: names("long"), short: names("short") };
  namesByLocale.set(locale, made);
  return made;
}

/** Whether a text is one of the codes, in capitals; organisations may be international. */
export function isCountry(code: string, forOrganisation = true): boolean {
  return known.has(code) && (forOrganisation || code !== INTERNATIONAL);
}

/** What the site's organiser calls countries whose name is disputed, by code and language. */
export type CountryNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The usual name of a country in a language (Unicode CLDR); the text itself where it is not one of the codes. */
export function usualCountryName(code: string, locale: string): string {
  if (code === INTERNATIONAL) return INTERNATIONAL_NAMES[locale] ?? INTERNATIONAL_NAMES.en ?? code;
  if (!isCountry(code)) return code;
  return namesIn(locale)[BY_SHORT_NAME.has(code) ? "short" : "long"].of(code) ?? code;
}

/** What a country is called on this site: the organiser's name for it, else the usual one. */
export const countryName = (code: string, locale: string, chosen: CountryNames): string =>
  chosen[code]?.[locale] ?? usualCountryName(code, locale);

/** A country to choose: as this site calls it, and what its organiser calls it in other languages. */
export type NamedCountry = { code: string; name: string; also?: string[] };

/** With what else a country is called whose name the organiser chose: usually, and in other languages. */
export function withOtherNames(country: NamedCountry, locale: string, chosen: CountryNames): NamedCountry {
  const own = chosen[country.code];
  return own
    ? { ...country, also: [usualCountryName(country.code, locale), ...Object.values(own)] }
    : country;
}

/** All countries with their names, in the order of a language's dictionary; for organisations "International" first. */
export function countryOptions(
  locale: string,
  chosen: CountryNames,
  forOrganisation = false,
): NamedCountry[] {
  const { compare } = new Intl.Collator(locale);
  const named = (code: string) =>
    withOtherNames({ code, name: countryName(code, locale, chosen) }, locale, chosen);
  const countries = COUNTRIES.map(named).sort((a, b) => compare(a.name, b.name));
  return forOrganisation ? [named(INTERNATIONAL), ...countries] : countries;
}
