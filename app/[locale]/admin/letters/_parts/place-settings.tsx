import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";

type Props = {
  letter: OrganiserLetter;
  action: string;
  /** Whether the one who looks decides what the front page shows. */
  features: boolean;
};

/** At which address a letter is, and where else it is shown. */
export function PlaceSettings({ letter, action, features }: Props) {
  const t = useTranslations("letters.settings");
  return (
    <>
      <SettingsForm id="places" action={action} title={t("places")} submit={t("placesSubmit")}>
        {features && (
          <CheckboxField
            name="featured"
            label={t("featured")}
            hint={t("featuredHint")}
            optional
            ticked={letter.featured}
          />
        )}
        {!features && letter.featured && <input type="hidden" name="featured" value="on" />}
        <CheckboxField name="listed" label={t("listed")} optional ticked={letter.listed} />
      </SettingsForm>
      <SettingsForm
        id="address"
        action={action}
        title={t("slug")}
        hint={t("slugHint")}
        submit={t("slugSubmit")}
      >
        <TextField
          name="slug"
          label={t("slugField")}
          dir="ltr"
          width="medium"
          spellCheck={false}
          defaultValue={letter.slug}
        />
      </SettingsForm>
    </>
  );
}
