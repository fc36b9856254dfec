import { useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import { SelectField } from "@/app/_components/fields/select-field";
import { TextField } from "@/app/_components/fields/text-field";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";

/** The displayed fields of a signatory, filled with what is displayed. */
export function CorrectionFields({ signature, locale }: { signature: SignatureDetail; locale: string }) {
  const t = useTranslations("admin");
  const countries = useCountryNames(locale)
    .options(signature.kind === "ORGANISATION")
    .map(({ code, name }) => ({
      value: code,
      label: name,
    }));
  return (
    <>
      {signature.kind === "ORGANISATION" ? (
        <Organisation signature={signature} />
      ) : (
        <Individual signature={signature} />
      )}
      <SelectField
        name="country"
        label={t("fields.country")}
        prompt={t("acts.countryPrompt")}
        options={countries}
        defaultValue={signature.country}
      />
    </>
  );
}

function Organisation({ signature: { fields } }: { signature: SignatureDetail }) {
  const t = useTranslations("admin.fields");
  return (
    <>
      <TextField
        name="organisationName"
        label={t("organisationName")}
        defaultValue={fields.name}
        autoComplete="off"
      />
      <TextField
        name="website"
        label={t("website")}
        type="url"
        inputMode="url"
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        defaultValue={fields.website ?? ""}
      />
    </>
  );
}

function Individual({ signature: { fields } }: { signature: SignatureDetail }) {
  const t = useTranslations("admin.fields");
  return (
    <>
      <TextField name="fullName" label={t("fullName")} defaultValue={fields.name} autoComplete="off" />
      <TextField
        name="sortName"
        label={t("sortName")}
        defaultValue={fields.sortName ?? ""}
        autoComplete="off"
        optional
      />
      <TextField
        name="title"
        label={t("title")}
        defaultValue={fields.title ?? ""}
        width="short"
        autoComplete="off"
        optional
      />
      <TextField
        name="position"
        label={t("position")}
        defaultValue={fields.position ?? ""}
        autoComplete="off"
        optional
      />
      <TextField
        name="affiliation"
        label={t("affiliation")}
        defaultValue={fields.affiliation ?? ""}
        autoComplete="off"
        optional
      />
    </>
  );
}
