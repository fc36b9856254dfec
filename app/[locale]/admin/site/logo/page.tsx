import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LogoSettings } from "@/app/[locale]/admin/site/_parts/look-settings";
import { localePath } from "@/lib/i18n/locales";
import { readSite } from "@/lib/site/cached";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "setup.logo" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** The organiser's picture alone: where a file that was refused leads without a script. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "site.edit");
  const t = await getTranslations("setup");
  const action = localePath(locale, "/admin/site");
  return (
    <AdminFrame locale={locale} admin={admin} current="site">
      <p className="note">
        <a href={action}>{t("title")}</a>
      </p>
      <h1 className="admin-title">{t("logo.title")}</h1>
      <FormMessages locale={locale} also={["setup"]}>
        <LogoSettings site={await readSite()} action={action} />
      </FormMessages>
    </AdminFrame>
  );
}
