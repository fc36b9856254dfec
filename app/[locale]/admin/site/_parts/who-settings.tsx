import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { markOf, partOf, type Site, textsIn } from "@/lib/site/rules";

type Props = { site: Site; action: string };

/** What must be said before a letter is published. @param language of the privacy text that is asked for */
export function Basics({ site, action, language }: Props & { language: string }) {
  const t = useTranslations("setup");
  const texts = textsIn(site, language);
  const { organiserName, contact } = site;
  return (
    <SettingsForm
      encType="multipart/form-data"
      id="basics"
      action={action}
      title={t("basics.title")}
      hint={t("basics.hint")}
      submit={t("basics.submit")}
      seen={{ seen: markOf(partOf(site, "organiser")), seenTexts: markOf(texts) }}
      stored={[
        { label: t("organiser.name"), value: organiserName },
        { label: t("organiser.contact"), value: contact },
        { label: t("texts.privacy"), value: texts.privacy },
      ]}
    >
      <input type="hidden" name="language" value={language} />
      <NameAndContact site={site} />
      <TextAreaField
        name="privacy"
        label={t("texts.privacy")}
        hint={t("texts.privacyStartHint")}
        rows={12}
        defaultValue={texts.privacy || t("texts.privacyStart")}
      />
    </SettingsForm>
  );
}

function NameAndContact({ site }: { site: Site }) {
  const t = useTranslations("setup.organiser");
  return (
    <>
      <TextField
        name="organiserName"
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="organization"
        defaultValue={site.organiserName}
      />
      <TextField
        name="contact"
        label={t("contact")}
        hint={t("contactHint")}
        type="email"
        inputMode="email"
        autoComplete="email"
        dir="ltr"
        width="medium"
        spellCheck={false}
        defaultValue={site.contact ?? ""}
      />
    </>
  );
}

/** Who runs the site, and how to reach them. */
export function OrganiserSettings({ site, action }: Props) {
  const t = useTranslations("setup.organiser");
  const { organiserName, website, contact, postalAddress, pressContact } = site;
  return (
    <SettingsForm
      id="organiser"
      action={action}
      title={t("title")}
      hint={t("hint")}
      submit={t("submit")}
      seen={{ seen: markOf(partOf(site, "organiser")) }}
      stored={[
        { label: t("name"), value: organiserName },
        { label: t("contact"), value: contact },
        { label: t("website"), value: website },
        { label: t("post"), value: postalAddress },
        { label: t("press"), value: pressContact },
      ]}
    >
      <NameAndContact site={site} />
      <TextField
        name="website"
        label={t("website")}
        type="url"
        inputMode="url"
        autoComplete="url"
        dir="ltr"
        optional
        defaultValue={website ?? ""}
      />
      <TextAreaField
        name="postalAddress"
        label={t("post")}
        rows={4}
        optional
        defaultValue={postalAddress ?? ""}
      />
      <TextAreaField
        name="pressContact"
        label={t("press")}
        hint={t("pressHint")}
        rows={2}
        optional
        defaultValue={pressContact ?? ""}
      />
    </SettingsForm>
  );
}
