import { useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { RenderedText } from "@/app/_components/letter/letter-text";
import type { LetterPage } from "@/lib/letters/cached";

/** What the organiser answers below the letter; nothing where there is nothing. */
export function Questions({ letter, locale }: { letter: LetterPage; locale: string }) {
  const t = useTranslations("letter");
  const { questions } = letter.words;
  if (!questions) return null;
  return (
    <section className="section row" aria-labelledby="questions">
      <h2 className="section-title" id="questions">
        {t("questions")}
      </h2>
      <div className="main" {...letterLanguage(questions.locale, locale)}>
        <RenderedText html={questions.text} />
      </div>
    </section>
  );
}
