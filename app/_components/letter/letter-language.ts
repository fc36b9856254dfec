import { direction } from "@/lib/i18n/locales";

/** The attributes of a part in a letter's own language: none where that is the page's. */
export function letterLanguage(textLocale: string, locale: string): { lang?: string; dir?: "ltr" | "rtl" } {
  return textLocale === locale ? {} : { lang: textLocale, dir: direction(textLocale) };
}
