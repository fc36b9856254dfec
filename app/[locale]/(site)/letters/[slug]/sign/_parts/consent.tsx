import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { localePath } from "@/lib/i18n/locales";
import type { Said } from "@/lib/letters/settings/letter-words";

/**
 * What is processed, why, how long, and how to withdraw; its version is `CONSENT_VERSION`. The organiser's own line is agreed
 * to with it.
 */
export function Consent({ organiser, own, locale }: { organiser: string; own: Said | null; locale: string }) {
  const t = useTranslations("signing");
  return (
    <fieldset className="form-group">
      <legend>{t("consent.title")}</legend>
      <div className="prose">
        <p>{t("consent.purpose")}</p>
        <p>{t("consent.opinion")}</p>
        <p>{t("consent.responsible", { organiser })}</p>
        <p>{t("consent.duration")}</p>
        <p>{t("consent.withdrawal")}</p>
        <p>
          <a href={localePath(locale, "/privacy")}>{t("privacyNotice")}</a>
        </p>
      </div>
      <CheckboxField
        name="consent"
        label={
          <>
            {own && (
              <span className="own-consent" {...letterLanguage(own.locale, locale)}>
                {own.text}
              </span>
            )}{" "}
            {t("fields.consent.label")}
          </>
        }
      />
    </fieldset>
  );
}
