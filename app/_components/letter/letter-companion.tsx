import { useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { LetterText } from "@/app/_components/letter/letter-text";
import { Recipients } from "@/app/_components/letter/recipients";
import type { LetterPage } from "@/lib/letters/cached";

type Props = { letter: LetterPage; locale: string; form: string };

/**
 * The letter beside a form about it. It stays in view while the form is scrolled and so scrolls by itself; the link at
 * its end brings the keyboard into it.
 */
export function LetterCompanion({ letter, locale, form }: Props) {
  const t = useTranslations("signing");
  return (
    <aside className="companion" id="letter" aria-label={t("letter")}>
      <Recipients letter={letter} locale={locale} />
      <h2 className="section-title" {...letterLanguage(letter.textLocale, locale)}>
        {letter.title}
      </h2>
      <LetterText letter={letter} locale={locale} />
      <p className="letter-end">
        <a href={`#${form}`}>{t("toForm")}</a>
      </p>
    </aside>
  );
}
