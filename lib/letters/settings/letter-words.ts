import { isLocale } from "@/lib/i18n/locales";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { type ExpertWords, readExpertWords } from "@/lib/letters/settings/expert-words";

type StoredWords = {
  locale: string;
  consentLine: string | null;
  questions: string | null;
  expertForms: unknown;
  expertNote: string | null;
};

/** A text of the organiser's, and the language that it is in. */
export type Said = { text: string; locale: string };

/** What the organiser says around a letter, for a reader of one language. */
export type LetterWords = {
  consentLine: Said | null;
  /** Sanitised HTML. */
  questions: Said | null;
  /** Only in the reader's own language: they are parts of its sentences. */
  experts: ExpertWords | null;
  expertNote: Said | null;
};

/** Each text in the reader's language, else in the letter's, else in any in which it is said. */
export function wordsFor(stored: StoredWords[], locale: string, own: string): LetterWords {
  function said(part: "consentLine" | "questions" | "expertNote"): Said | null {
    const all = stored.flatMap((words) => {
      const text = words[part];
      return text ? [{ text, locale: words.locale }] : [];
    });
    const inLocale = (wanted: string) => all.find((one) => one.locale === wanted);
    return inLocale(locale) ?? inLocale(own) ?? all[0] ?? null;
  }
  const questions = said("questions");
  const forms = stored.find((words) => words.locale === locale)?.expertForms;
  return {
    consentLine: said("consentLine"),
    questions: questions && { ...questions, text: renderBelow(questions) },
    experts: isLocale(locale) ? readExpertWords(locale, forms) : null,
    expertNote: said("expertNote"),
  };
}

/** Below the letter on the same page: its notes have names of their own. */
const renderBelow = ({ text, locale }: Said) =>
  renderMarkdown(text, { language: locale, top: 3 }).replaceAll(
    / (id="|href="#)footnote/g,
    " $1answer-footnote",
  );
