import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { Notice } from "@/app/[locale]/admin/_parts/notice";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { type AdminSearch, readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { QueueFilters } from "@/app/[locale]/admin/signatures/_parts/queue-filters";
import { QueueList } from "@/app/[locale]/admin/signatures/_parts/queue-list";
import { can } from "@/lib/auth/permissions";
import { letterChoices } from "@/lib/moderation/letter-choices";
import { listSignatures } from "@/lib/moderation/queries";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<AdminSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.list" }))("title") };
}

/** The signatures that filters match; those that wait, unless others are asked for. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const t = await getTranslations("admin.list");
  const { filters, errors, after, noted } = readAdminSearch(await searchParams, ["VERIFIED"]);
  const list = await listSignatures(admin, filters, after);
  return (
    <AdminFrame locale={locale} admin={admin} current="signatures">
      <Notice locale={locale} noted={noted} />
      <h1 className="admin-title">{t("title")}</h1>
      <QueueFilters
        locale={locale}
        filters={filters}
        errors={errors}
        letters={await letterChoices(admin, locale)}
        mayRun={can(admin.role, "bulk.run")}
      />
      <div className="admin-split">
        <QueueList locale={locale} filters={filters} list={list} after={after} />
        {list && list.lines.length > 0 && <p className="admin-choose note">{t("choose")}</p>}
      </div>
    </AdminFrame>
  );
}
