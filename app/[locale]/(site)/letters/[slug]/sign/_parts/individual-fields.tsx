import { useTranslations } from "next-intl";
import { CountryField } from "@/app/_components/fields/country-field";
import { TextField } from "@/app/_components/fields/text-field";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { fieldWords } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/field-words";
import type { NamedCountry } from "@/lib/fields/countries/find";

export function IndividualFields({ countries }: { countries: NamedCountry[] }) {
  const t = useTranslations("signing");
  return (
    <>
      <fieldset className="form-group">
        <legend>{t("groups.individual")}</legend>
        <TextField name="fullName" {...fieldWords(t, "fullName")} width="medium" autoComplete="name" />
        <CountryField
          label={t("fields.country.label")}
          prompt={t("fields.countryPrompt")}
          words={{ list: t("fields.countrySearch.list"), none: t("fields.countrySearch.none") }}
          countries={countries}
        />
        <EmailField {...fieldWords(t, "email")} />
      </fieldset>
      <fieldset className="form-group" aria-describedby="identification">
        <legend>{t("groups.identification")}</legend>
        <p className="quiet" id="identification">
          {t("identification")}
        </p>
        <TextField
          name="title"
          {...fieldWords(t, "title")}
          width="short"
          autoComplete="honorific-prefix"
          optional
        />
        <TextField
          name="position"
          {...fieldWords(t, "position")}
          autoComplete="organization-title"
          optional
        />
        <TextField
          name="affiliation"
          {...fieldWords(t, "affiliation")}
          autoComplete="organization"
          optional
        />
        <TextField
          name="orcid"
          {...fieldWords(t, "orcid")}
          width="medium"
          autoComplete="off"
          dir="ltr"
          spellCheck={false}
          optional
        />
      </fieldset>
    </>
  );
}
