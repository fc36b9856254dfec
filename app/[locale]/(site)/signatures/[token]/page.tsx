import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { DeadLink, WithdrawnLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import { Manage } from "@/app/[locale]/(site)/signatures/[token]/_parts/manage";
import { localePath } from "@/lib/i18n/locales";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";

type Props = {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<{ done?: unknown; step?: unknown }>;
};

// The title says nothing about the state: it would stay in the history of a shared computer.
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "own" });
  return pageMetadata({ locale, title: t("title", { count: 1 }) });
}

/** The page of the link to one's own signatures. It shows; only its buttons change anything. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const { done, step } = await searchParams;
  const path = `/signatures/${token}`;
  const behind = await behindManageLink(token, locale, new Date());
  if (behind.state === "to-confirm") redirect(localePath(locale, `${path}/confirm`));
  if (behind.state === "to-move") redirect(localePath(locale, `${path}/address`));
  if (behind.state !== "open") answerWithStatus(behind.state === "unknown" ? 404 : 410);
  return (
    <SitePage locale={locale} path={path}>
      {behind.state === "open" && (
        <Manage
          signatures={behind.signatures}
          noted={behind.noted}
          path={path}
          done={done}
          step={step}
          locale={locale}
        />
      )}
      {behind.state === "withdrawn" && (
        <WithdrawnLink token={token} noted={behind.noted} done={done} locale={locale} />
      )}
      {behind.state === "unknown" && <DeadLink state="unknown" locale={locale} />}
    </SitePage>
  );
}
