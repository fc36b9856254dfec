import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";

/** What is processed, why, how long, and how to withdraw; its version is `CONSENT_VERSION`. */
export function Consent({ organiser }: { organiser: string }) {
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
      </div>
      <CheckboxField name="consent" label={t("fields.consent.label")} />
    </fieldset>
  );
}
