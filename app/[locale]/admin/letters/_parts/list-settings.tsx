import { useTranslations } from "next-intl";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/letters/_parts/settings-form";
import type { LetterSettings } from "@/lib/letters/settings/queries";

type Props = { list: LetterSettings["list"]; action: string };

/** In which order a letter's list is read, and how much of it its own page shows. */
export function ListSettings({ list: { namesShown, listOrder }, action }: Props) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm id="list" action={action} title={t("list")} submit={t("listSubmit")}>
      <RadioGroup
        name="listOrder"
        label={t("listOrder")}
        choices={[
          { value: "NAME", label: t("byName") },
          { value: "TIME", label: t("byTime"), hint: t("byTimeHint") },
        ]}
        defaultValue={listOrder}
      />
      <TextField
        name="namesShown"
        label={t("namesShown")}
        hint={t("namesShownHint")}
        inputMode="numeric"
        width="short"
        dir="ltr"
        defaultValue={String(namesShown)}
      />
    </SettingsForm>
  );
}
