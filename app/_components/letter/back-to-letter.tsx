import { useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

type Props = { letter: LetterPage; locale: string };

export function BackToLetter({ letter, locale }: Props) {
  const t = useTranslations("letter");
  const language = letterLanguage(letter.textLocale, locale);
  return (
    <p>
      <a href={localePath(locale, `/letters/${letter.slug}`)}>
        {t.rich("back", { name: letter.title, title: (words) => <bdi {...language}>{words}</bdi> })}
      </a>
    </p>
  );
}
