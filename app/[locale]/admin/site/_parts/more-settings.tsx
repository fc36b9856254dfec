import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { SelectField } from "@/app/_components/fields/select-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { timeZoneChoices } from "@/lib/i18n/site-time";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { markOf, partOf, SITE_LIMITS, type Site } from "@/lib/site/rules";

type Props = { site: Site; action: string };

/** Links of the organiser's own at the foot of every public page. */
export function LinkSettings({ site, action }: Props) {
  const t = useTranslations("setup.links");
  const { footerLinks } = site;
  const rows = Array.from({ length: SITE_LIMITS.links }, (_, place) => place);
  return (
    <SettingsForm
      id="links"
      action={action}
      title={t("title")}
      hint={t("hint")}
      submit={t("submit")}
      seen={{ seen: markOf(partOf(site, "links")) }}
      stored={footerLinks.map(({ label, url }) => ({ label, value: url }))}
    >
      {rows.map((place) => (
        <div key={place} className="site-link">
          <TextField
            name={`label${place + 1}`}
            label={t("label", { number: place + 1 })}
            optional
            defaultValue={footerLinks[place]?.label}
          />
          <TextField
            name={`url${place + 1}`}
            label={t("url", { number: place + 1 })}
            type="url"
            inputMode="url"
            dir="ltr"
            optional
            defaultValue={footerLinks[place]?.url}
          />
        </div>
      ))}
    </SettingsForm>
  );
}

/** Whether a copy of the encryption key is kept: nobody but the owners can know. */
export function KeySettings({ site, action }: Props) {
  const t = useTranslations("setup.key");
  return (
    <SettingsForm
      id="key"
      action={action}
      title={t("title")}
      hint={t("hint")}
      submit={t("submit")}
      seen={{ seen: markOf(partOf(site, "key")) }}
      stored={[]}
    >
      <CheckboxField name="keyKept" label={t("kept")} optional ticked={site.keyKept} />
    </SettingsForm>
  );
}

/** The time zone of the site, and the language in which new letters and emails begin. */
export function DefaultSettings({ site, action, locale }: Props & { locale: string }) {
  const t = useTranslations("setup.defaults");
  const { timeZone } = site;
  return (
    <SettingsForm
      id="defaults"
      action={action}
      title={t("title")}
      submit={t("submit")}
      seen={{ seen: markOf(partOf(site, "defaults")) }}
      stored={[
        { label: t("timeZone"), value: timeZone },
        { label: t("locale"), value: languageName(site.locale, locale) },
      ]}
    >
      <SelectField
        name="timeZone"
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        options={timeZoneChoices(timeZone)}
        defaultValue={timeZone}
      />
      <SelectField
        name="locale"
        label={t("locale")}
        options={LETTER_LANGUAGES.map((value) => ({ value, label: languageName(value, locale) }))}
        defaultValue={site.locale}
      />
    </SettingsForm>
  );
}
