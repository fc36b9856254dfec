import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { headlineText } from "@/app/_components/letter/headline";
import { pageMetadata } from "@/app/_components/page-metadata";
import { letterTally } from "@/lib/counts/cached";
import type { LetterPage } from "@/lib/letters/cached";

/** How a letter presents itself to search engines and in shared links: its standfirst, and who stands behind it. */
export async function letterMetadata(letter: LetterPage, locale: string): Promise<Metadata> {
  const t = await getTranslations({ locale, namespace: "letter.headline" });
  const signed = headlineText(t, await letterTally(letter.slug), letter.words.experts);
  const metadata = pageMetadata({
    locale,
    // The front page shows the same letter: this is the address of both.
    path: `/letters/${letter.slug}`,
    title: letter.title,
    description: signed ? t("description", { standfirst: letter.standfirst, signed }) : letter.standfirst,
    siteName: letter.organiserName,
    type: "article",
  });
  return letter.listed ? metadata : { ...metadata, robots: { index: false, follow: false } };
}
