import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { LetterPage } from "@/lib/letters/cached";
import { partNames } from "@/lib/letters/markdown/names";
import { recipientLines } from "@/lib/letters/recipients";

type Props = {
  letter: Pick<LetterPage, "textLocale" | "recipients">;
  locale: string;
  /** Whether it belongs to the page's own head, whose words are the page's; otherwise to the letter's text. */
  head?: boolean;
};

/** Who a letter is written to, one below the other. */
export function Recipients({ letter: { textLocale, recipients }, locale, head }: Props) {
  const to = partNames(textLocale)("to");
  const names = recipientLines(recipients, to);
  const language = letterLanguage(textLocale, locale);
  if (names.length === 0) return null;
  return (
    <div className="letter-to" {...(!head && language)}>
      <span className="letter-to-label">{head ? partNames(locale)("to") : to}</span>
      {names.length === 1 ? (
        <span {...(head && language)}>{names[0]}</span>
      ) : (
        <ul {...(head && language)}>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
