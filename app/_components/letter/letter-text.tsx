import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { LetterPage } from "@/lib/letters/cached";

type Words = Pick<LetterPage, "textLocale" | "recipients" | "bodyHtml">;

export function LetterText({ letter, locale }: { letter: Words; locale: string }) {
  const language = letterLanguage(letter.textLocale, locale);
  return (
    <div {...language}>
      {letter.recipients && <p className="letter-to">{letter.recipients}</p>}
      <RenderedText html={letter.bodyHtml} />
    </div>
  );
}

/** What lib/letters/markdown has rendered and sanitised. */
export function RenderedText({ html }: { html: string }) {
  return <div className="letter-body" dangerouslySetInnerHTML={{ __html: html }} />;
}
