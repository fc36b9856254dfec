import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";

/** At which address a letter is, and where else it is shown. */
export function PlaceSettings({ letter, action }: { letter: OrganiserLetter; action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <>
      <SettingsForm id="places" action={action} title={t("places")} submit={t("placesSubmit")}>
        <CheckboxField
          name="featured"
          label={t("featured")}
          hint={t("featuredHint")}
          optional
          ticked={letter.featured}
        />
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
