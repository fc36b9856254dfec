import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { LetterPage } from "@/lib/letters/cached";

type Words = Pick<LetterPage, "textLocale" | "bodyHtml">;

export function LetterText({ letter, locale }: { letter: Words; locale: string }) {
  return (
    <div {...letterLanguage(letter.textLocale, locale)}>
      <RenderedText html={letter.bodyHtml} />
    </div>
  );
}

/** What lib/letters/markdown has rendered and sanitised. */
export function RenderedText({ html }: { html: string }) {
  return <div className="letter-body" dangerouslySetInnerHTML={{ __html: html }} />;
}
