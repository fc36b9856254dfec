import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { CountryField } from "@/app/_components/fields/country-field";
import type { CountrySearchProps } from "@/app/_components/fields/country-search";
import { TextField } from "@/app/_components/fields/text-field";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { fieldWords } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/field-words";
import type { SigningRules } from "@/lib/letters/settings/rules";

type Props = {
  countries: CountrySearchProps["countries"];
  rules: SigningRules;
  /** Stands where address and authority are given, in a form whose mailbox is known. */
  mailbox?: ReactNode;
};

export function OrganisationFields({ countries, rules, mailbox }: Props) {
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
          optional={!rules.websiteRequired}
        />
        <CountryField
          {...fieldWords(t, "countryOrganisation")}
          prompt={t("fields.countryPrompt")}
          words={{ list: t("fields.countrySearch.list"), none: t("fields.countrySearch.none") }}
          countries={countries}
        />
      </fieldset>
      <fieldset className="form-group">
        <legend>{t("groups.representative")}</legend>
        <TextField
          name="representativeName"
          {...fieldWords(t, rules.representativesShown ? "representativeNameAsked" : "representativeName")}
          width="medium"
          autoComplete="name"
        />
        {rules.representativesShown && (
          <CheckboxField
            name="representativePublic"
            label={t("fields.representativePublic.label")}
            hint={t("fields.representativePublic.hint")}
            optional
          />
        )}
        <TextField
          name="representativeRole"
          {...fieldWords(t, "representativeRole")}
          width="medium"
          autoComplete="organization-title"
        />
        {mailbox ?? (
          <>
            <EmailField {...fieldWords(t, "workEmail")} />
            <CheckboxField name="authority" label={t("fields.authority.label")} />
          </>
        )}
      </fieldset>
    </>
  );
}
