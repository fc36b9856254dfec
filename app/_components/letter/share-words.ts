import { getTranslations } from "next-intl/server";
import { headlineText } from "@/lib/counts/headline-text";
import type { Tally } from "@/lib/counts/rules";
import { env } from "@/lib/env";
import { isLocale, localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

/** What goes with a letter when it is passed on, and its address: both in the letter’s language, not in the page’s. */
export type ShareWords = { address: string; text: string };

/** @param letter in whichever language the reader sees it */
export async function shareWords(letter: LetterPage, tally: Tally): Promise<ShareWords> {
  const { slug, title, textLocale } = letter;
  const signed = headlineText(textLocale, tally, letter.words.experts);
  const address = env().publicUrl + localePath(isLocale(textLocale) ? textLocale : "en", `/letters/${slug}`);
  if (!isLocale(textLocale)) return { address, text: [title, signed].filter(Boolean).join(" – ") };
  const t = await getTranslations({ locale: textLocale, namespace: "letter.share" });
  return { address, text: signed ? t("text", { title, signed }) : t("textBefore", { title }) };
}
