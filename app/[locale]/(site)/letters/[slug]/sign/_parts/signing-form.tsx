import { useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import { FormMessages } from "@/app/_components/form-messages";
import { signPath } from "@/app/_components/letter/sign-actions";
import { formState } from "@/app/_forms/form-state";
import { CheckedForm } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/checked-form";
import { Choices } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/choices";
import { Consent } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/consent";
import { IndividualFields } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/individual-fields";
import { OrganisationFields } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/organisation-fields";
import { ShownForm } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/shown-form";
import { ShownVersion } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/shown-version";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { As } from "@/lib/letters/settings/rules";
import { FIELDS } from "@/lib/signatures/schemas";

type Props = { as: As; letter: LetterPage; locale: string; proofOfWorkWanted: boolean };

/** The one form, for either kind of signatory. */
export function SigningForm({ as, letter, locale, proofOfWorkWanted }: Props) {
  const { slug, signing } = letter;
  const t = useTranslations("signing");
  const countries = useCountryNames(locale).choice(as === "organisation");
  return (
    <FormMessages locale={locale} fields={FIELDS[as === "organisation" ? "ORGANISATION" : "INDIVIDUAL"]}>
      <CheckedForm
        as={as}
        slug={slug}
        rules={signing}
        proofOfWorkWanted={proofOfWorkWanted}
        id="sign"
        className="form"
        action={localePath(locale, signPath(slug, as))}
        initial={formState("sign")}
      >
        <ShownForm mark={letter.formMark} />
        <ShownVersion version={letter.versionNumber} path={localePath(locale, `/letters/${slug}/versions`)} />
        {as === "organisation" ? (
          <OrganisationFields countries={countries} rules={signing} />
        ) : (
          <IndividualFields countries={countries} rules={signing} words={letter.words} locale={locale} />
        )}
        <Choices as={as} discreet={signing.discreetByDefault} />
        <Consent as={as} letter={letter} locale={locale} />
        <div className="form-end">
          <button className="button" type="submit">
            {t("submit")}
          </button>
          <h2 className="group-title">{t("next.title")}</h2>
          <ol className="steps">
            <li>{t("next.email")}</li>
            <li>{t("next.confirm")}</li>
            <li>{t("next.check")}</li>
            <li>{t(`next.count.${as}`)}</li>
          </ol>
          <p className="note">
            {t.rich("next.signed", {
              ask: (words) => <a href={localePath(locale, "/signatures")}>{words}</a>,
            })}
          </p>
        </div>
      </CheckedForm>
    </FormMessages>
  );
}
