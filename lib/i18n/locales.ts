/** The languages that the interface speaks; the first one has no prefix in addresses. */
export const LOCALES = ["en", "ar"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = LOCALES[0];

/** Whether a text, such as the first segment of a path, names one of the interface's languages. */
export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/**
 * The address of a page in a language.
 * @param path begins with a slash and names no language; a query or fragment may follow
 * @returns the path itself for the default language, `/{locale}{path}` for others, `/{locale}` for their front page
 */
export function localePath(locale: string, path: string): string {
  if (locale === DEFAULT_LOCALE) return path;
  return `/${locale}${path === "/" ? "" : path}`;
}

/** The language tag by which dates are written: the interface's English is British. */
export function dateLocale(locale: string): string {
  return locale === "en" ? "en-GB" : locale;
}

/**
 * The writing direction of a language, the letter's own included.
 * @param locale a BCP 47 tag; one that is malformed reads from left to right
 */
export function direction(locale: string): "ltr" | "rtl" {
  try {
    const script = new Intl.Locale(locale).maximize().script ?? "";
    return RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}

// Scripts in use today, from Unicode's script metadata.
const RIGHT_TO_LEFT = new Set([
  "Arab",
  "Hebr",
  "Syrc",
  "Thaa",
  "Nkoo",
  "Adlm",
  "Rohg",
  "Samr",
  "Mand",
  "Yezi",
]);
