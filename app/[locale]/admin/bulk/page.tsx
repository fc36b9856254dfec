import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { ActionList } from "@/app/[locale]/admin/bulk/_parts/action-list";
import { can } from "@/lib/auth/permissions";
import { lastActions } from "@/lib/moderation/bulk/queries";
import { wholeView } from "@/lib/moderation/filters/rules";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "bulk" }))("title") };
}

/** The bulk actions so far, and where one begins. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "bulk.read");
  const t = await getTranslations("bulk");
  return (
    <AdminFrame locale={locale} admin={admin} current="bulk">
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro")}</p>
      {can(admin.role, "bulk.run") && (
        <p>
          <a className="button" href={listPath(locale, null, wholeView("VERIFIED", "HOLD", "PENDING"))}>
            {t("start")}
          </a>
        </p>
      )}
      <section aria-labelledby="acts">
        <h2 id="acts">{t("acts")}</h2>
        <ActionList acts={await lastActions(admin, locale)} locale={locale} />
      </section>
    </AdminFrame>
  );
}
