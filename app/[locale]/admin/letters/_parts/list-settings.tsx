import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import type { LetterSettings } from "@/lib/letters/settings/queries";
import { seenMark } from "@/lib/letters/settings/seen";

type Props = { list: LetterSettings["list"]; action: string };

/** In which order a letter's list is read, and how much of it its own page shows. */
export function ListSettings({ list, action }: Props) {
  const { namesShown, listOrder, listFiles, withdrawalsShown } = list;
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="list"
      action={action}
      title={t("list")}
      submit={t("listSubmit")}
      seen={{ seen: seenMark(list) }}
      stored={[
        { label: t("listOrder"), value: t(listOrder === "NAME" ? "byName" : "byTime") },
        { label: t("namesShown"), value: String(namesShown) },
        { label: t("listFiles"), value: t(listFiles ? "yes" : "no") },
        { label: t("withdrawalsShown"), value: t(withdrawalsShown ? "yes" : "no") },
      ]}
    >
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
      <CheckboxField
        name="listFiles"
        label={t("listFiles")}
        hint={t("listFilesHint")}
        optional
        ticked={listFiles}
      />
      <CheckboxField
        name="withdrawalsShown"
        label={t("withdrawalsShown")}
        hint={t("withdrawalsShownHint")}
        ticked={withdrawalsShown}
        optional
      />
    </SettingsForm>
  );
}
