import { useTranslations } from "next-intl";
import { localePath } from "@/lib/i18n/locales";

type Props = { locale: string; slug: string };

/** The address of a letter's form. */
export function signPath(slug: string, as?: "organisation" | "individual"): string {
  return `/letters/${slug}/sign${as ? `?as=${as}` : ""}`;
}

/** The two plain ways to sign. */
export function SignActions({ locale, slug }: Props) {
  const t = useTranslations("letter.sign");
  return (
    <nav className="sign-actions" aria-label={t("title")}>
      <a className="button" href={localePath(locale, signPath(slug, "organisation"))}>
        {t("organisation")}
      </a>
      <a className="button" href={localePath(locale, signPath(slug, "individual"))}>
        {t("individual")}
      </a>
    </nav>
  );
}

/** The same two ways, as a sentence at the end of the letter. */
export function SignSentence({ locale, slug }: Props) {
  const t = useTranslations("letter.sign");
  return (
    <p className="letter-end">
      {t.rich("again", {
        organisation: (words) => <a href={localePath(locale, signPath(slug, "organisation"))}>{words}</a>,
        individual: (words) => <a href={localePath(locale, signPath(slug, "individual"))}>{words}</a>,
      })}
    </p>
  );
}

/** On phones, a bar with the one action once the first buttons have left the screen. CSS alone moves it. */
export function SignBar({ locale, slug }: Props) {
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
