import { useTranslations } from "next-intl";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";

type Props = { letter: OrganiserLetter; locale: string; language: string; written: string[] };

/** The languages that a letter is written in, and the way to one more. */
export function ChooseLanguage({ letter: { slug }, locale, language, written }: Props) {
  const t = useTranslations("letters.text");
  const shown = written.includes(language) ? written : [...written, language];
  const others = LETTER_LANGUAGES.filter((one) => !shown.includes(one));
  const path = organiserPath(locale, slug, "text");
  return (
    <div className="letter-languages">
      <ul className="letter-tabs" aria-label={t("language")}>
        {shown.map((one) => (
          <li key={one}>
            <a href={`${path}?language=${one}`} aria-current={one === language ? "page" : undefined}>
              {languageName(one, locale)}
            </a>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{t("translate")}</summary>
          <ul className="letter-tabs">
            {others.map((one) => (
              <li key={one}>
                <a href={`${path}?language=${one}`}>{languageName(one, locale)}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
