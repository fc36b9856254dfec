import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Done, readDone } from "@/app/[locale]/admin/_parts/account/done";
import { SessionList } from "@/app/[locale]/admin/_parts/account/session-list";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { currentSession } from "@/lib/auth/current-admin";
import { ownSessions } from "@/lib/auth/own-sessions";
import { IDLE_MINUTES, SESSION_HOURS } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "account.sessions" }))("title") };
}

export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "session.own");
  const t = await getTranslations("account.sessions");
  const current = (await currentSession())?.id ?? "";
  const sessions = await ownSessions(admin, new Date());
  return (
    <AdminFrame locale={locale} admin={admin} current="security">
      <Done done={readDone((await searchParams).done)} />
      <h1 className="admin-title">{t("title")}</h1>
      <p>{t("text", { minutes: IDLE_MINUTES, hours: SESSION_HOURS })}</p>
      <SessionList sessions={sessions} current={current} action={localePath(locale, "/admin/sessions")} />
      <p>
        <a href={localePath(locale, "/admin/security")}>{t("security")}</a>
      </p>
    </AdminFrame>
  );
}
