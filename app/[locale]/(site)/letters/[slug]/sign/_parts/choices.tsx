import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { DiscreetField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/discreet-field";

/** What both kinds decide: whether the name is shown, whether to hear more, what to tell the moderators. */
export function Choices({ as, discreet }: { as: "organisation" | "individual"; discreet: boolean }) {
  const t = useTranslations("signing");
  const visibility = (key: string) => t(`fields.visibility.${as}.${key}`);
  return (
    <fieldset className="form-group">
      <legend>{t("groups.choices")}</legend>
      <RadioGroup
        name="visibility"
        label={visibility("label")}
        choices={[
          { value: "public", label: visibility("public") },
          { value: "withheld", label: visibility("withheld"), hint: visibility("withheldHint") },
        ]}
      />
      <CheckboxField name="updates" label={t("fields.updates.label")} optional />
      <DiscreetField proposed={discreet} />
      <TextAreaField
        name="comment"
        label={t("fields.comment.label")}
        hint={t("fields.comment.hint")}
        optional
      />
    </fieldset>
  );
}
