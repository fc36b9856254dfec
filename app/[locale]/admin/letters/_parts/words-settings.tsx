import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { isLocale } from "@/lib/i18n/locales";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { EXPERT_FORMS } from "@/lib/letters/settings/expert-words";
import type { WrittenWords } from "@/lib/letters/settings/queries";
import { expertField } from "@/lib/letters/settings/schemas";
import { seenMark } from "@/lib/letters/settings/seen";

type Props = { words: WrittenWords; language: string; action: string; locale: string };

/** What is said around a letter, one language at a time. */
export function WordsSettings({ words, language, action, locale }: Props) {
  const t = useTranslations("letters.settings");
  return (
    <div id="words-around">
      <SettingsForm
        id="words"
        action={`${action}?language=${language}`}
        title={t("words", { language: languageName(language, locale) })}
        hint={t("wordsHint")}
        submit={t("wordsSubmit")}
        seen={{ seen: seenMark(words) }}
        stored={[
          { label: t("consentLine"), value: words.consentLine },
          ...(isLocale(language)
            ? EXPERT_FORMS[language].map((form) => ({
                label: t(`experts.${language}.${form}.label`),
                value: words.expertForms[form] ?? null,
              }))
            : []),
          { label: t("expertNote"), value: words.expertNote },
          { label: t("questions"), value: words.questions },
        ]}
      >
        <ul className="letter-tabs" aria-label={t("wordsLanguage")}>
          {LETTER_LANGUAGES.map((one) => (
            <li key={one}>
              <a
                href={`${action}?language=${one}#words-around`}
                aria-current={one === language ? "page" : undefined}
              >
                {languageName(one, locale)}
              </a>
            </li>
          ))}
        </ul>
        <input type="hidden" name="locale" value={language} />
        <TextAreaField
          name="consentLine"
          label={t("consentLine")}
          hint={t("consentLineHint")}
          rows={2}
          optional
          defaultValue={words.consentLine}
        />
        {isLocale(language) &&
          EXPERT_FORMS[language].map((form) => (
            <TextField
              key={form}
              name={expertField(form)}
              label={t(`experts.${language}.${form}.label`)}
              hint={t(`experts.${language}.${form}.hint`)}
              width="medium"
              optional
              defaultValue={words.expertForms[form] ?? ""}
            />
          ))}
        <TextAreaField
          name="expertNote"
          label={t("expertNote")}
          hint={t("expertNoteHint")}
          rows={3}
          optional
          defaultValue={words.expertNote}
        />
        <TextAreaField
          name="questions"
          label={t("questions")}
          hint={t("questionsHint")}
          rows={8}
          optional
          defaultValue={words.questions}
        />
      </SettingsForm>
    </div>
  );
}
