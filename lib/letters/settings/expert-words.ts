import { isLocale, type Locale } from "@/lib/i18n/locales";

/** The forms of a letter's own words for experts, by the language of the page: what its sentences need. */
export const EXPERT_FORMS = {
  en: ["one", "other"],
  ar: ["heading", "label", "one", "two", "few", "many", "other"],
} as const satisfies Record<Locale, readonly string[]>;

export type ExpertForm = (typeof EXPERT_FORMS)[Locale][number];

/** Where the form of the word says the number by itself: one and two in Arabic. */
const WITHOUT_NUMBER: Record<Locale, readonly string[]> = { en: [], ar: ["one", "two"] };

/** What a letter calls experts in one language of the interface. */
export type ExpertWords = { locale: Locale; forms: Partial<Record<ExpertForm, string>> };

/** The stored forms, if they are all that the language needs; null where its own words for experts hold. */
export function readExpertWords(locale: string, stored: unknown): ExpertWords | null {
  if (!isLocale(locale) || typeof stored !== "object" || stored === null) return null;
  const given = stored as Record<string, unknown>;
  const forms = EXPERT_FORMS[locale].map((form) => [form, given[form]] as const);
  const whole = forms.every(([, words]) => typeof words === "string" && words !== "");
  return whole ? { locale, forms: Object.fromEntries(forms) } : null;
}

const capitalised = (words: string, locale: string) =>
  words.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(locale));

/** The title of their group. */
export const expertHeading = ({ locale, forms }: ExpertWords) =>
  forms.heading ?? capitalised(forms.other ?? "", locale);

/** What one of them is called. */
export const expertLabel = ({ locale, forms }: ExpertWords) =>
  forms.label ?? capitalised(forms.one ?? "", locale);

/** So many of them, as a sentence counts them; without a number where the word says it. */
export function countedExperts({ locale, forms }: ExpertWords, count: number) {
  const category = new Intl.PluralRules(locale).select(count);
  const words = forms[category as ExpertForm] ?? forms.other ?? "";
  const number = WITHOUT_NUMBER[locale].includes(category)
    ? null
    : new Intl.NumberFormat(locale).format(count);
  return { number, words };
}
