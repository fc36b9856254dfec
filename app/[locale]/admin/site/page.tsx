import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { CountrySettings } from "@/app/[locale]/admin/site/_parts/country-settings";
import { LookSettings } from "@/app/[locale]/admin/site/_parts/look-settings";
import { DefaultSettings, KeySettings, LinkSettings } from "@/app/[locale]/admin/site/_parts/more-settings";
import { TextSettings } from "@/app/[locale]/admin/site/_parts/text-settings";
import { Basics, OrganiserSettings } from "@/app/[locale]/admin/site/_parts/who-settings";
import { localePath } from "@/lib/i18n/locales";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { readSite } from "@/lib/site/cached";
import { missingOf } from "@/lib/site/rules";

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ done?: unknown; language?: unknown; country?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "setup" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** Who runs the site, how it looks, and what it says. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "site.edit");
  const { done, language: asked, country } = await searchParams;
  const t = await getTranslations("setup");
  const site = await readSite();
  const action = localePath(locale, "/admin/site");
  const isUnset = missingOf(site).length > 0;
  const own = site.texts.length > 0 ? site.locale : locale;
  const language = LETTER_LANGUAGES.find((one) => one === asked) ?? own;
  return (
    <AdminFrame locale={locale} admin={admin} current="site">
      {done === "saved" && (
        <p className="notice" role="status">
          {t("saved")}
        </p>
      )}
      <h1 className="admin-title">{t("title")}</h1>
      <p>{t("intro")}</p>
      <FormMessages locale={locale} also={["setup"]}>
        {isUnset ? (
          <Basics site={site} action={action} language={own} />
        ) : (
          <OrganiserSettings site={site} action={action} />
        )}
        <LookSettings site={site} action={action} />
        {!isUnset && <TextSettings site={site} action={action} language={language} locale={locale} />}
        <LinkSettings site={site} action={action} />
        <CountrySettings site={site} action={action} asked={country} locale={locale} />
        <DefaultSettings site={site} action={action} locale={locale} />
        <KeySettings site={site} action={action} />
      </FormMessages>
      <p>
        <a href={localePath(locale, "/admin/emails/test")}>{t("testEmail")}</a>
      </p>
    </AdminFrame>
  );
}
