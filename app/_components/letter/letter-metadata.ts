import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageMetadata } from "@/app/_components/page-metadata";
import { letterTally } from "@/lib/counts/cached";
import { headlineText } from "@/lib/counts/headline-text";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import { PICTURE } from "@/lib/letters/share-picture/size";

/** How a letter presents itself to search engines and in shared links: its standfirst, and who stands behind it. */
export async function letterMetadata(letter: LetterPage, locale: string): Promise<Metadata> {
  const t = await getTranslations({ locale, namespace: "letter" });
  const signed = headlineText(locale, await letterTally(letter.slug), letter.words.experts);
  // The front page shows the same letter: this is the address of both.
  const path = `/letters/${letter.slug}`;
  const metadata = pageMetadata({
    locale,
    path,
    title: letter.title,
    description: signed
      ? t("headline.description", { standfirst: letter.standfirst, signed })
      : letter.standfirst,
    siteName: letter.organiserName,
    type: "article",
    languages: letter.languages,
    picture: await letterPicture(letter, locale),
    feed: { url: localePath(locale, `${path}/feed.xml`), title: t("feed.title") },
  });
  return letter.listed ? metadata : { ...metadata, robots: { index: false, follow: false } };
}

/** The picture that stands beside a link to a letter's pages. */
export async function letterPicture(letter: LetterPage, locale: string) {
  const signed = headlineText(locale, await letterTally(letter.slug), letter.words.experts);
  return {
    url: localePath(locale, `/letters/${letter.slug}/share.png`),
    ...PICTURE,
    type: "image/png",
    alt: [letter.title, letter.organiserName, signed].filter(Boolean).join(" – "),
  };
}
