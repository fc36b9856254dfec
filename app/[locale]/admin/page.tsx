import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AuditHeadsSection } from "@/app/[locale]/admin/_parts/audit-heads";
import { FirstSteps } from "@/app/[locale]/admin/_parts/first-steps";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { LimitsReached } from "@/app/[locale]/admin/_parts/limits-reached";
import { OverviewLetter } from "@/app/[locale]/admin/_parts/overview-letter";
import { OverviewTraces } from "@/app/[locale]/admin/_parts/overview-traces";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { ActionList } from "@/app/[locale]/admin/signatures/_parts/history-list";
import { headsForOwners } from "@/lib/audit/heads-for-owners";
import { can } from "@/lib/auth/permissions";
import { env } from "@/lib/env";
import { otherAddresses } from "@/lib/http/other-addresses";
import { localePath } from "@/lib/i18n/locales";
import { countRetired } from "@/lib/moderation/blocklist/queries";
import { lastActions } from "@/lib/moderation/history";
import { overview } from "@/lib/moderation/overview";
import { tracesNotice } from "@/lib/signatures/erasure/overview";

type Props = { params: Promise<{ locale: string }> };

const ACTIONS = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.overview" }))("title") };
}

/** How each letter stands, which limits are reached, and what was done last. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const t = await getTranslations("admin.overview");
  const { letters, limits } = await overview(admin, locale, new Date());
  const actions = await lastActions(admin, ACTIONS);
  const retired = await countRetired(admin);
  const heads = can(admin.role, "audit.head") ? await headsForOwners(admin) : null;
  return (
    <AdminFrame locale={locale} admin={admin} current="overview">
      <h1 className="admin-title">{t("title")}</h1>
      <FirstSteps admin={admin} locale={locale} />
      <OverviewTraces {...(await tracesNotice(admin))} />
      <LimitsReached limits={limits} locale={locale} />
      {retired > 0 && (
        <p className="notice">
          {t.rich("retiredRules", {
            count: retired,
            link: (words) => <a href={localePath(locale, "/admin/blocks")}>{words}</a>,
          })}
        </p>
      )}
      {otherAddresses(new Date()).map((host) => (
        <p key={host} className="notice">
          {t.rich("otherAddress", {
            host: () => <bdi dir="ltr">{host}</bdi>,
            address: () => <bdi dir="ltr">{env().publicUrl}</bdi>,
          })}
        </p>
      ))}
      {letters.length === 0 && <p>{t("none")}</p>}
      {letters.map((letter) => (
        <OverviewLetter key={letter.slug} letter={letter} locale={locale} />
      ))}
      {heads && <AuditHeadsSection heads={heads} />}
      <section aria-labelledby="actions">
        <h2 id="actions">{t("actions")}</h2>
        {actions.length === 0 && <p>{t("noActions")}</p>}
        <ActionList lines={actions} locale={locale} />
      </section>
    </AdminFrame>
  );
}
