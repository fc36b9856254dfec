import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { LetterPage } from "@/lib/letters/cached";
import { partNames } from "@/lib/letters/markdown/names";

type Props = { letter: Pick<LetterPage, "textLocale" | "recipients">; locale: string };

/** Who a letter is written to, one below the other; the label is in the letter's own language. */
export function Recipients({ letter: { textLocale, recipients }, locale }: Props) {
  const to = partNames(textLocale)("to");
  const names = recipients
    .split("\n")
    .map((line) => withoutLabel(line.trim(), to))
    .filter(Boolean);
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

/** Many begin the line with the word that stands before it already. */
function withoutLabel(line: string, label: string): string {
  const word = label.replace(/\s*[:：]$/u, "").toLowerCase();
  const rest = line.slice(word.length);
  return line.toLowerCase().startsWith(word) && /^\s*:?\s/u.test(rest)
    ? rest.replace(/^\s*:?\s+/u, "")
    : line;
}
