import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { ObjectionList } from "@/app/[locale]/admin/objections/_parts/objection-list";
import { can } from "@/lib/auth/permissions";
import { objectedEntries } from "@/lib/objections/queries";
import { DECISION_DAYS } from "@/lib/objections/rules";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "data.objections" }))("title") };
}

const DONE = ["removed", "kept"] as const;

/** Entries of which somebody says that they are false, and the buttons that decide. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const t = await getTranslations("data.objections");
  const asked = (await searchParams).done;
  const done = DONE.find((code) => code === asked);
  const now = new Date();
  return (
    <AdminFrame locale={locale} admin={admin} current="objections">
      {done && (
        <p className="notice" role="status">
          {t(`done.${done}`)}
        </p>
      )}
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro", { days: DECISION_DAYS })}</p>
      <FormMessages locale={locale}>
        <ObjectionList
          entries={await objectedEntries(admin, locale, now)}
          locale={locale}
          decides={can(admin.role, "signature.moderate")}
          now={now}
        />
      </FormMessages>
    </AdminFrame>
  );
}
