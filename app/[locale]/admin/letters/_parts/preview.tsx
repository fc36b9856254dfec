import { useTranslations } from "next-intl";
import { LetterText } from "@/app/_components/letter/letter-text";
import { Recipients } from "@/app/_components/letter/recipients";
import { direction } from "@/lib/i18n/locales";

type Props = {
  text: { title: string; standfirst: string; recipients: string /** Sanitised. */; bodyHtml: string };
  language: string;
};

/** A text as its letter's page will show it. */
export function Preview({ text: { title, standfirst, recipients, bodyHtml }, language }: Props) {
  const t = useTranslations("letters.text");
  const empty = !title && !standfirst && !recipients && !bodyHtml;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must get into it
    <section className="letter-preview" aria-labelledby="preview-title" tabIndex={0}>
      <h2 className="note" id="preview-title">
        {t("previewTitle")}
      </h2>
      {empty && <p className="note">{t("previewEmpty")}</p>}
      <div lang={language} dir={direction(language)}>
        <Recipients letter={{ textLocale: language, recipients }} locale={language} />
        {title && <p className="page-title">{title}</p>}
        {standfirst && <p className="standfirst">{standfirst}</p>}
        <LetterText letter={{ textLocale: language, bodyHtml }} locale={language} />
      </div>
    </section>
  );
}
