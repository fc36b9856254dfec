import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import type { LetterSettings } from "@/lib/letters/settings/queries";
import { writeOrganisers } from "@/lib/letters/settings/schemas";
import { seenMark } from "@/lib/letters/settings/seen";

type Props = { organisers: LetterSettings["organisers"]; action: string };

/** Who publishes a letter, where answers go, and who its mails say they are from. */
export function OrganiserSettings({ organisers, action }: Props) {
  const t = useTranslations("letters");
  return (
    <SettingsForm
      id="organisers"
      action={action}
      title={t("settings.organisers")}
      submit={t("settings.organisersSubmit")}
      seen={{ seen: seenMark(organisers) }}
      stored={[
        { label: t("new.organiserName"), value: organisers.organiserName },
        { label: t("new.organiserUrl"), value: organisers.organiserUrl },
        { label: t("settings.otherOrganisers"), value: writeOrganisers(organisers.otherOrganisers) },
        { label: t("settings.contact"), value: organisers.contact },
        { label: t("settings.senderName"), value: organisers.senderName },
      ]}
    >
      <TextField
        name="organiserName"
        label={t("new.organiserName")}
        defaultValue={organisers.organiserName}
      />
      <TextField
        name="organiserUrl"
        label={t("new.organiserUrl")}
        type="url"
        dir="ltr"
        spellCheck={false}
        optional
        defaultValue={organisers.organiserUrl ?? ""}
      />
      <TextAreaField
        name="otherOrganisers"
        label={t("settings.otherOrganisers")}
        hint={t("settings.otherOrganisersHint")}
        rows={3}
        optional
        defaultValue={writeOrganisers(organisers.otherOrganisers)}
      />
      <TextField
        name="contact"
        label={t("settings.contact")}
        hint={t("settings.contactHint")}
        type="email"
        width="medium"
        dir="ltr"
        spellCheck={false}
        optional
        defaultValue={organisers.contact ?? ""}
      />
      <TextField
        name="senderName"
        label={t("settings.senderName")}
        hint={t("settings.senderNameHint")}
        width="medium"
        optional
        defaultValue={organisers.senderName ?? ""}
      />
    </SettingsForm>
  );
}
