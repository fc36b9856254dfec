import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { LetterPage } from "@/lib/letters/cached";
import { partNames } from "@/lib/letters/markdown/names";
import { recipientLines } from "@/lib/letters/recipients";

type Props = { letter: Pick<LetterPage, "textLocale" | "recipients">; locale: string };

/** Who a letter is written to, one below the other; the label is in the letter's own language. */
export function Recipients({ letter: { textLocale, recipients }, locale }: Props) {
  const to = partNames(textLocale)("to");
  const names = recipientLines(recipients, to);
  if (names.length === 0) return null;
  return (
    <div className="letter-to" {...letterLanguage(textLocale, locale)}>
      <span className="letter-to-label">{to}</span>
      {names.length === 1 ? (
        <span>{names[0]}</span>
      ) : (
        <ul>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
