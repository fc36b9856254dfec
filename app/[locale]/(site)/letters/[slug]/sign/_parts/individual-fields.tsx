import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CountryField } from "@/app/_components/fields/country-field";
import type { CountrySearchProps } from "@/app/_components/fields/country-search";
import { TextField } from "@/app/_components/fields/text-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { fieldWords } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/field-words";
import { expertHeading } from "@/lib/letters/settings/expert-words";
import type { LetterWords } from "@/lib/letters/settings/letter-words";
import type { SigningRules } from "@/lib/letters/settings/rules";

type Props = {
  countries: CountrySearchProps["countries"];
  rules: SigningRules;
  words: LetterWords;
  locale: string;
  /** Stands where the address is typed, in a form whose mailbox is known. */
  mailbox?: ReactNode;
};

export function IndividualFields({ countries, rules, words, locale, mailbox }: Props) {
  const t = useTranslations("signing");
  return (
    <>
      <fieldset className="form-group">
        <legend>{t("groups.individual")}</legend>
        <TextField name="fullName" {...fieldWords(t, "fullName")} width="medium" autoComplete="name" />
        <TextField
          name="sortName"
          {...fieldWords(t, "sortName")}
          width="medium"
          autoComplete="off"
          optional
        />
        <CountryField
          label={t("fields.country.label")}
          prompt={t("fields.countryPrompt")}
          words={{ list: t("fields.countrySearch.list"), none: t("fields.countrySearch.none") }}
          countries={countries}
        />
        {mailbox ?? <EmailField {...fieldWords(t, "email")} />}
      </fieldset>
      <fieldset className="form-group" aria-describedby="identification">
        <legend>{t("groups.identification")}</legend>
        <p className="quiet" id="identification">
          {t("identification")}
        </p>
        <Experts words={words} locale={locale} />
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
          optional={!rules.affiliationRequired}
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

/** Who counts as an expert, in the organiser's words where it has some, who decides, and what helps. */
function Experts({ words: { experts, expertNote }, locale }: { words: LetterWords; locale: string }) {
  const t = useTranslations();
  const heading = experts ? expertHeading(experts) : t("letter.undersigned.experts");
  return (
    <details className="more" open={expertNote !== null}>
      <summary>{t("signing.experts.title", { experts: heading })}</summary>
      {expertNote ? (
        <p className="organiser-words" {...letterLanguage(expertNote.locale, locale)}>
          {expertNote.text}
        </p>
      ) : (
        <p>{t("signing.experts.who")}</p>
      )}
      <p>{t("signing.experts.decides")}</p>
      <p>{t("signing.experts.helps")}</p>
    </details>
  );
}
