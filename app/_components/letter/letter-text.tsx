import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { LetterPage } from "@/lib/letters/cached";

export function LetterText({ letter, locale }: { letter: LetterPage; locale: string }) {
  const language = letterLanguage(letter.textLocale, locale);
  return (
    <div {...language}>
      <p className="letter-to">{letter.recipients}</p>
      {/* Rendered and sanitised by lib/letters/markdown. */}
      <div className="letter-body" dangerouslySetInnerHTML={{ __html: letter.bodyHtml }} />
    </div>
  );
}
