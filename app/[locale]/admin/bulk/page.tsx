import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AdminFrame } from "@/app/_components/admin/frame";
import { ActList } from "@/app/_components/bulk/act-list";
import { ConditionsForm } from "@/app/_components/bulk/conditions-form";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { type BulkSearch, firstValues } from "@/app/[locale]/admin/bulk/first-values";
import { can } from "@/lib/auth/permissions";
import { letterChoices } from "@/lib/bulk/letter-choices";
import { lastActs } from "@/lib/bulk/queries";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<BulkSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "bulk" }))("title") };
}

/** Chooses signatures by conditions, and lists the bulk acts so far. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "bulk.read");
  const t = await getTranslations("bulk");
  const letters = await letterChoices(admin, locale);
  const values = await firstValues(admin, letters, await searchParams);
  return (
    <AdminFrame locale={locale} admin={admin} current="bulk">
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro")}</p>
      <div className="bulk-page">
        {can(admin.role, "bulk.run") && (
          <section aria-labelledby="choose-title">
            <h2 id="choose-title">{t("chooseTitle")}</h2>
            <ConditionsForm locale={locale} letters={letters} values={values} />
          </section>
        )}
        <section aria-labelledby="acts">
          <h2 id="acts">{t("acts")}</h2>
          <ActList acts={await lastActs(admin, locale)} locale={locale} />
        </section>
      </div>
    </AdminFrame>
  );
}
