import { letterLanguage } from "@/app/_components/letter/letter-language";
import { LetterText } from "@/app/_components/letter/letter-text";
import { renderMarkdown } from "@/lib/letters/markdown/render";

/** What the organiser says in Markdown, in its own language. */
export function Markdown({ text, locale }: { text: { locale: string; markdown: string }; locale: string }) {
  const words = { textLocale: text.locale, recipients: "", bodyHtml: renderMarkdown(text.markdown) };
  return (
    <div {...letterLanguage(text.locale, locale)}>
      <LetterText letter={words} locale={locale} />
    </div>
  );
}
