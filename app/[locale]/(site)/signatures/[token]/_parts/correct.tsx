import { useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { SelectField } from "@/app/_components/fields/select-field";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { formOf } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";
import { FIELDS } from "@/lib/signatures/schemas";

type Props = { signature: OwnSignature; path: string; locale: string };

/** Proposes other fields to be shown, filled with those that are, or that wait already. */
export function Correct({ signature, path, locale }: Props) {
  const t = useTranslations("own");
  const form = formOf("correct", signature);
  const sent = formState(form);
  const waiting = signature.proposal?.state === "WAITING" ? signature.proposal : null;
  const { country, fields } = waiting ?? { country: signature.country, fields: signature.signatory };
  const countries = useCountryNames(locale).options(signature.kind === "ORGANISATION");
  return (
    <details className="entry-delete" open={sent !== undefined || undefined}>
      <summary>{t("correct.title")}</summary>
      <FormMessages locale={locale} fields={FIELDS[signature.kind]}>
        <Form id={form} className="form" action={localePath(locale, path)} initial={sent}>
          {waiting?.shows ? (
            <p className="notice">{t("correct.together")}</p>
          ) : (
            <p>{t(signature.visibility === "WITHHELD" ? "correct.textHidden" : "correct.text")}</p>
          )}
          {signature.kind === "ORGANISATION" ? (
            <Organisation fields={fields} asked={signature.representativesShown} />
          ) : (
            <Individual fields={fields} />
          )}
          <SelectField
            name="country"
            label={t("facts.country")}
            options={countries.map(({ code, name }) => ({ value: code, label: name }))}
            defaultValue={country}
          />
          <button className="button" type="submit" aria-describedby={`own-${publicId(signature.id)}`}>
            {t("correct.submit")}
          </button>
        </Form>
      </FormMessages>
    </details>
  );
}

type Fields = { fields: OwnSignature["signatory"] };

function Organisation({ fields, asked }: Fields & { asked: boolean }) {
  const t = useTranslations("own.facts");
  const signing = useTranslations("signing.fields.representativePublic");
  return (
    <>
      <TextField name="organisationName" label={t("organisationName")} defaultValue={fields.name} />
      <TextField
        name="website"
        label={t("website")}
        type="url"
        inputMode="url"
        dir="ltr"
        spellCheck={false}
        defaultValue={fields.website ?? ""}
        optional
      />
      <TextField
        name="representativeName"
        label={t("representativeName")}
        defaultValue={fields.representativeName ?? ""}
      />
      {asked && (
        <CheckboxField
          name="representativePublic"
          label={signing("label")}
          ticked={fields.representativePublic === true}
          optional
        />
      )}
      <TextField
        name="representativeRole"
        label={t("representativeRole")}
        defaultValue={fields.representativeRole ?? ""}
      />
    </>
  );
}

function Individual({ fields }: Fields) {
  const t = useTranslations("own.facts");
  const optional = ["title", "position", "affiliation", "orcid"] as const;
  return (
    <>
      <TextField name="fullName" label={t("fullName")} defaultValue={fields.name} autoComplete="name" />
      <TextField name="sortName" label={t("sortName")} defaultValue={fields.sortName ?? ""} optional />
      {optional.map((name) => (
        <TextField
          key={name}
          name={name}
          label={t(name)}
          defaultValue={fields[name] ?? ""}
          {...(name === "orcid" && { dir: "ltr" as const, spellCheck: false })}
          optional
        />
      ))}
    </>
  );
}
