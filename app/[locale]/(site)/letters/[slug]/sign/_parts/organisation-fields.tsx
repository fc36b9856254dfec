import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { type Option, SelectField } from "@/app/_components/fields/select-field";
import { TextField } from "@/app/_components/fields/text-field";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { fieldWords } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/field-words";

export function OrganisationFields({ countries }: { countries: Option[] }) {
  const t = useTranslations("signing");
  return (
    <>
      <fieldset className="form-group">
        <legend>{t("groups.organisation")}</legend>
        <TextField
          name="organisationName"
          {...fieldWords(t, "organisationName")}
          autoComplete="organization"
        />
        <TextField
          name="website"
          {...fieldWords(t, "website")}
          type="url"
          inputMode="url"
          autoComplete="url"
          dir="ltr"
          spellCheck={false}
        />
        <SelectField
          name="country"
          label={t("fields.countryOrganisation.label")}
          prompt={t("fields.countryPrompt")}
          options={countries}
          autoComplete="country"
        />
      </fieldset>
      <fieldset className="form-group">
        <legend>{t("groups.representative")}</legend>
        <TextField
          name="representativeName"
          {...fieldWords(t, "representativeName")}
          width="medium"
          autoComplete="name"
        />
        <TextField
          name="representativeRole"
          {...fieldWords(t, "representativeRole")}
          width="medium"
          autoComplete="organization-title"
        />
        <EmailField {...fieldWords(t, "workEmail")} />
        <CheckboxField name="authority" label={t("fields.authority.label")} />
      </fieldset>
    </>
  );
}
