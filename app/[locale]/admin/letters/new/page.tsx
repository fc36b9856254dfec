import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { SelectField } from "@/app/_components/fields/select-field";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { localePath } from "@/lib/i18n/locales";
import { usualOrganiser } from "@/lib/letters/organiser-queries";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { readSite } from "@/lib/site/cached";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.new" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** Asks for what a letter begins with. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "letter.create");
  const t = await getTranslations("letters.new");
  const site = await readSite();
  const organiser = (await usualOrganiser(admin)) ?? { name: site.organiserName, url: site.website };
  // Until the site is set up, the writer has chosen by the page's language.
  const language = site.organiserName ? site.locale : locale;
  const languages = LETTER_LANGUAGES.map((value) => ({ value, label: languageName(value, locale) }));
  return (
    <AdminFrame locale={locale} admin={admin} current="letters">
      <h1 className="admin-title">{t("title")}</h1>
      <p>{t("intro")}</p>
      <FormMessages locale={locale}>
        <Form
          id="create"
          className="form"
          action={localePath(locale, "/admin/letters/new")}
          initial={formState("create")}
        >
          <TextAreaField name="title" label={t("letterTitle")} oneLine />
          <SelectField name="locale" label={t("locale")} options={languages} defaultValue={language} />
          <TextField
            name="organiserName"
            label={t("organiserName")}
            hint={t("organiserNameHint")}
            defaultValue={organiser.name}
          />
          <TextField
            name="organiserUrl"
            label={t("organiserUrl")}
            type="url"
            dir="ltr"
            optional
            defaultValue={organiser.url ?? ""}
          />
          <TextField
            name="slug"
            label={t("slug")}
            hint={t("slugHint")}
            dir="ltr"
            width="medium"
            optional
            spellCheck={false}
          />
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </Form>
      </FormMessages>
    </AdminFrame>
  );
}
