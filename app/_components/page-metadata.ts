import type { Metadata } from "next";
import { DEFAULT_LOCALE, LOCALES, localePath } from "@/lib/i18n/locales";

type PageDescription = {
  locale: string;
  /** Path and query of the page without its language; absent for pages that nobody should link to. */
  path?: string;
  title: string;
  description?: string;
  siteName?: string;
  type?: "article" | "website";
};

/** The metadata of a page: its names, and its addresses in all languages. A page without an address is not indexed. */
export function pageMetadata({
  locale,
  path,
  title,
  description,
  siteName,
  type = "website",
}: PageDescription): Metadata {
  if (!path) return { title, description, robots: { index: false, follow: false } };
  const url = localePath(locale, path);
  return {
    title,
    description,
    alternates: { canonical: url, languages: otherLanguages(path) },
    openGraph: { title, description, url, siteName, type, locale },
    twitter: { card: "summary" },
  };
}

function otherLanguages(path: string): Record<string, string> {
  const languages = Object.fromEntries(LOCALES.map((locale) => [locale, localePath(locale, path)]));
  return { ...languages, "x-default": localePath(DEFAULT_LOCALE, path) };
}
