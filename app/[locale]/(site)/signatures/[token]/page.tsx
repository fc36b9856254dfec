import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { DeadLink, WithdrawnLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import { Manage } from "@/app/[locale]/(site)/signatures/[token]/_parts/manage";
import { readPublicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { decryptRemoved, linesBehind } from "@/lib/signatures/own/withdrawal-note";

type Props = {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<{ done?: unknown; of?: unknown; step?: unknown; removed?: unknown }>;
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
  const { done, of, step, removed } = await searchParams;
  const path = `/signatures/${token}`;
  const behind = await behindManageLink(token, locale, new Date());
  if (behind.state === "to-confirm") redirect(localePath(locale, `${path}/confirm`));
  if (behind.state === "to-move") redirect(localePath(locale, `${path}/address`));
  const noted = {
    lines: await linesBehind(token, locale),
    removed: decryptRemoved(removed),
    path,
    locale,
  };
  if (behind.state !== "open") answerWithStatus(behind.state === "unknown" ? 404 : 410);
  return (
    <SitePage locale={locale} path={path}>
      {behind.state === "open" && (
        <Manage
          {...noted}
          signatures={behind.signatures}
          links={behind.links}
          done={done}
          of={readPublicId(of)}
          step={step}
        />
      )}
      {behind.state === "withdrawn" && <WithdrawnLink {...noted} justNow={done === "withdrawn"} />}
      {(behind.state === "unknown" || behind.state === "ended") && (
        <DeadLink state={behind.state} {...noted} />
      )}
    </SitePage>
  );
}
