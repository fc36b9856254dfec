import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { markOf, type Site, textsIn } from "@/lib/site/rules";

type Props = { site: Site; action: string; language: string; locale: string };

/** Imprint and privacy text in one language, and the way to others. */
export function TextSettings({ site, action, language, locale }: Props) {
  const t = useTranslations("setup.texts");
  const texts = textsIn(site, language);
  return (
    <SettingsForm
      encType="multipart/form-data"
      id="texts"
      action={`${action}?language=${language}`}
      title={t("title", { language: languageName(language, locale) })}
      hint={
        <>
          {t("hint")} <Languages action={action} current={language} locale={locale} />
        </>
      }
      submit={t("submit")}
      seen={{ seen: markOf(texts) }}
      stored={[
        { label: t("imprint"), value: texts.imprint },
        { label: t("privacy"), value: texts.privacy },
      ]}
    >
      <input type="hidden" name="language" value={language} />
      <TextAreaField
        name="imprint"
        label={t("imprint")}
        hint={t("imprintHint")}
        rows={6}
        optional
        defaultValue={texts.imprint}
      />
      <TextAreaField
        name="privacy"
        label={t("privacy")}
        hint={t("privacyHint")}
        rows={12}
        optional
        defaultValue={texts.privacy}
      />
    </SettingsForm>
  );
}

function Languages({ action, current, locale }: { action: string; current: string; locale: string }) {
  const t = useTranslations("setup.texts");
  const others = LETTER_LANGUAGES.filter((language) => language !== current);
  return (
    <span>
      {t("others")}{" "}
      {others.map((language, place) => (
        <span key={language}>
          {place > 0 && " · "}
          <a href={`${action}?language=${language}#texts-heading`}>{languageName(language, locale)}</a>
        </span>
      ))}
    </span>
  );
}
