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
  /** The languages that the page is there in; all of the interface's, unless given. */
  languages?: readonly string[];
  /** What stands beside a link to it. */
  picture?: { url: string; width: number; height: number; type: string; alt: string };
  feed?: { url: string; title: string };
};

/** The metadata of a page: its names, and its addresses in all languages. A page without an address is not indexed. */
export function pageMetadata({
  locale,
  path,
  title,
  description,
  siteName,
  type = "website",
  languages = LOCALES,
  picture,
  feed,
}: PageDescription): Metadata {
  if (!path) return { title, description, robots: { index: false, follow: false } };
  const url = localePath(locale, path);
  return {
    title,
    description,
    alternates: {
      canonical: url,
      languages: otherLanguages(path, languages),
      ...(feed && { types: { "application/atom+xml": [feed] } }),
    },
    openGraph: { title, description, url, siteName, type, locale, ...(picture && { images: [picture] }) },
    twitter: { card: picture ? "summary_large_image" : "summary" },
  };
}

function otherLanguages(path: string, languages: readonly string[]): Record<string, string> {
  const offered = LOCALES.filter((locale) => languages.includes(locale));
  const addresses = Object.fromEntries(offered.map((locale) => [locale, localePath(locale, path)]));
  return { ...addresses, "x-default": localePath(DEFAULT_LOCALE, path) };
}
