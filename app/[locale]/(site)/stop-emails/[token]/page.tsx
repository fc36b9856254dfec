import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { StopEmails } from "@/app/[locale]/(site)/stop-emails/_parts/stop-emails";
import { contactAddress } from "@/lib/mail/contact-address";
import { behindStopLink } from "@/lib/mail/stop-emails";

type Props = { params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "confirming.stop" });
  return pageMetadata({ locale, title: t("ready.title") });
}

/** The page of the link that stops mails. It shows, and says nothing about anybody; only its button changes anything. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const path = `/stop-emails/${token}`;
  const state = await behindStopLink(token);
  if (state === "unknown") answerWithStatus(404);
  return (
    <SitePage locale={locale} path={path}>
      <StopEmails state={state} path={path} contact={contactAddress()} locale={locale} />
    </SitePage>
  );
}
