import { letterLanguage } from "@/app/_components/letter/letter-language";

/** In characters: more take more lines than leave room for the way to sign. */
const LONG = 90;

/** A letter's title above its text, smaller where it is long. */
export function LetterTitle({
  title,
  textLocale,
  locale,
}: {
  title: string;
  textLocale: string;
  locale: string;
}) {
  return (
    <h1
      className="page-title"
      data-long={title.length > LONG || undefined}
      {...letterLanguage(textLocale, locale)}
    >
      {title}
    </h1>
  );
}
