import { useTranslations } from "next-intl";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import { type As, kindsOf } from "@/lib/letters/settings/rules";

type Props = {
  locale: string;
  letter: Pick<LetterPage, "slug" | "signing">;
  /** Whether a heading of its own says what it is for. */
  headed?: boolean;
};

/** The address of a letter's form. */
export function signPath(slug: string, as?: As): string {
  return `/letters/${slug}/sign${as ? `?as=${as}` : ""}`;
}

/** The one action with its two plain choices, or the one way to sign that there is; and sharing, which comes second. */
export function SignActions({ locale, letter: { slug, signing }, headed }: Props) {
  const t = useTranslations("letter");
  const kinds = kindsOf(signing);
  const only = kinds.length === 1 ? kinds[0] : undefined;
  const actions = (
    <>
      <a className="button" href={localePath(locale, signPath(slug, only))}>
        {t(only ? `sign.${only}` : "sign.title")}
      </a>
      <ul className="sign-choices">
        {!only &&
          kinds.map((as) => (
            <li key={as}>
              <a href={localePath(locale, signPath(slug, as))}>{t(`sign.${as}`)}</a>
            </li>
          ))}
        <li>
          <a href="#share">{t("share.title")}</a>
        </li>
      </ul>
    </>
  );
  if (headed) return <div className="sign-actions">{actions}</div>;
  return (
    <nav className="sign-actions" aria-label={t("sign.title")}>
      {actions}
    </nav>
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
