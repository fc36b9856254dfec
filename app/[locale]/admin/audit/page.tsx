import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AuditHeadsSection } from "@/app/[locale]/admin/_parts/audit-heads";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { readTimedId, writeTimedId } from "@/app/[locale]/admin/_parts/places";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { ActionList } from "@/app/[locale]/admin/signatures/_parts/history-list";
import { headsForOwners } from "@/lib/audit/heads-for-owners";
import { localePath } from "@/lib/i18n/locales";
import { type ActionLine, lastActions } from "@/lib/moderation/history";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ after?: unknown }> };

const PAGE = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.auditHeads" }))("title") };
}

/** What administrators and the operator have done, newest first; for owners. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "audit.head");
  const after = readTimedId((await searchParams).after);
  const lines = await lastActions(admin, PAGE + 1, { locale, after });
  return (
    <AdminFrame locale={locale} admin={admin} current="audit">
      <Log lines={lines.slice(0, PAGE)} more={lines.length > PAGE} later={Boolean(after)} locale={locale} />
      {!after && <AuditHeadsSection heads={await headsForOwners(admin)} />}
    </AdminFrame>
  );
}

type LogProps = { lines: ActionLine[]; more: boolean; later: boolean; locale: string };

function Log({ lines, more, later, locale }: LogProps) {
  const t = useTranslations("admin");
  const path = localePath(locale, "/admin/audit");
  const last = lines.at(-1);
  return (
    <>
      <h1 className="admin-title">{t("auditHeads.title")}</h1>
      <p className="admin-standing">{t("auditHeads.text")}</p>
      {lines.length === 0 && <p>{t("overview.noActions")}</p>}
      <ActionList lines={lines} locale={locale} />
      <p className="admin-pages">
        {later && (
          <a className="button" data-quiet href={path}>
            {t("list.first")}
          </a>
        )}
        {more && last && (
          <a className="button" data-quiet href={`${path}?after=${writeTimedId(last)}`}>
            {t("list.next")}
          </a>
        )}
      </p>
    </>
  );
}
