import { createTranslator } from "use-intl/core";
import { headlineParts } from "@/lib/counts/headline";
import { countLabels } from "@/lib/counts/labels";
import type { Tally } from "@/lib/counts/rules";
import { isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { countedExperts, type ExpertWords } from "@/lib/letters/settings/expert-words";

type Markup = (key: string, values: Record<string, number | string | ((chunks: string) => string)>) => string;

/**
 * The counts as plain text in any language that a letter can be written in: a sentence's words in one of the interface's, labels
 * with numbers in others. Null before the first approval.
 */
export function headlineText(language: string, tally: Tally, experts?: ExpertWords | null): string | null {
  const headline = headlineParts(tally);
  if (headline.form === "invitation") return null;
  const { form: _, key, ...counts } = headline;
  if (!isLocale(language)) return countLabels(language, counts);
  const words = experts?.locale === language ? experts : null;
  const own = () => {
    if (!words) return "";
    const { number, words: said } = countedExperts(words, counts.experts);
    return number === null ? said : `${number} ${said}`;
  };
  const values = { ...counts, own: words ? "yes" : "no", n: (number: string) => number, ownExperts: own };
  return markupIn(language)(key, values);
}

function markupIn(locale: string): Markup {
  const t = createTranslator({ locale, namespace: "letter.headline", messages: loadMessages(locale) });
  return t.markup as unknown as Markup;
}
