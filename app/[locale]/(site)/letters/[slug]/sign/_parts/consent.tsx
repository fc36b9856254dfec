import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { As } from "@/lib/letters/settings/rules";

type Props = { as: As; letter: LetterPage; locale: string };

const POINTS = ["purpose", "opinion", "responsible", "withdrawal"] as const;

/**
 * What is processed, why, how long, and how to withdraw, in four points with more behind each; its version is
 * `CONSENT_VERSION`. It names only what the form has. The organiser's own line is agreed to with it.
 */
export function Consent({ as, letter, locale }: Props) {
  const t = useTranslations("signing");
  const own = letter.words.consentLine;
  const ask = (words: ReactNode) => <a href={localePath(locale, "/signatures")}>{words}</a>;
  const representative = letter.signing.representativesShown ? "asked" : "never";
  return (
    <fieldset className="form-group">
      <legend>{t("consent.title")}</legend>
      <ul className="points">
        {POINTS.map((point) => (
          <li key={point}>
            {t(`consent.${as}.${point}.short`, { organiser: letter.organiserName })}
            <details>
              <summary>{t(`consent.${as}.${point}.more`)}</summary>
              <p>{t.rich(`consent.${as}.${point}.text`, { representative, ask })}</p>
            </details>
          </li>
        ))}
      </ul>
      <p>
        <a href={localePath(locale, "/privacy")}>{t("privacyNotice")}</a>
      </p>
      <CheckboxField
        name="consent"
        label={
          <>
            {own && (
              <span className="own-consent" {...letterLanguage(own.locale, locale)}>
                {own.text}
              </span>
            )}{" "}
            {t(`fields.consent.${as}`)}
          </>
        }
      />
    </fieldset>
  );
}
