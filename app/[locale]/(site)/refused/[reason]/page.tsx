import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { NotFound } from "@/app/_components/not-found";
import { pageMetadata } from "@/app/_components/page-metadata";
import { Refused } from "@/app/_components/refused";
import { isRefusal } from "@/lib/http/refusals";

type Props = { params: Promise<{ locale: string; reason: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, reason } = await params;
  const t = await getTranslations({ locale, namespace: "site" });
  return pageMetadata({ locale, title: t(`refused.${isRefusal(reason) ? reason : "not-found"}.title`) });
}

/** Where the server finds, once for each language, the pages with which it refuses requests. */
export default async function Page({ params }: Props) {
  const { locale, reason } = await params;
  setRequestLocale(locale);
  return isRefusal(reason) ? <Refused refusal={reason} locale={locale} /> : <NotFound locale={locale} />;
}
