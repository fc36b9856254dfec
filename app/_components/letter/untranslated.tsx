import { useTranslations } from "next-intl";
import type { LetterPage } from "@/lib/letters/cached";

type Props = { letter: Pick<LetterPage, "textLocale">; locale: string };

/** Says to readers of another language that the letter is not there in theirs; nothing where it is. */
export function Untranslated({ letter: { textLocale }, locale }: Props) {
  const t = useTranslations("letter");
  if (textLocale === locale) return null;
  const name = (language: string) => new Intl.DisplayNames(locale, { type: "language" }).of(language) ?? "";
  return (
    <p className="note untranslated">
      {t("untranslated", { language: name(locale), own: name(textLocale) })}
    </p>
  );
}
