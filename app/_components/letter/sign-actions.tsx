import { useTranslations } from "next-intl";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import { type As, kindsOf } from "@/lib/letters/settings/rules";

type Props = { locale: string; letter: Pick<LetterPage, "slug" | "signing"> };

/** The address of a letter's form. */
export function signPath(slug: string, as?: As): string {
  return `/letters/${slug}/sign${as ? `?as=${as}` : ""}`;
}

/** The two plain ways to sign, or the one that there is. */
export function SignActions({ locale, letter: { slug, signing } }: Props) {
  const t = useTranslations("letter.sign");
  return (
    <nav className="sign-actions" aria-label={t("title")}>
      {kindsOf(signing).map((as) => (
        <a key={as} className="button" href={localePath(locale, signPath(slug, as))}>
          {t(as)}
        </a>
      ))}
    </nav>
  );
}

/** The same, as a sentence at the end of the letter. */
export function SignSentence({ locale, letter: { slug, signing } }: Props) {
  const t = useTranslations("letter.sign");
  const [only, other] = kindsOf(signing);
  return (
    <p className="letter-end">
      {t.rich(only && !other ? `againOnly.${only}` : "again", {
        organisation: (words) => <a href={localePath(locale, signPath(slug, "organisation"))}>{words}</a>,
        individual: (words) => <a href={localePath(locale, signPath(slug, "individual"))}>{words}</a>,
      })}
    </p>
  );
}

/** On phones, a bar with the one action once the first buttons have left the screen. CSS alone moves it. */
export function SignBar({ locale, letter: { slug } }: Props) {
  const t = useTranslations("letter.sign");
  return (
    <div className="sign-rail">
      <div className="sign-bar">
        <a className="button" href={localePath(locale, signPath(slug))}>
          {t("bar")}
        </a>
      </div>
    </div>
  );
}
