import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { AskForLink } from "@/app/[locale]/(site)/signatures/_parts/ask-for-link";
import { Resent } from "@/app/[locale]/(site)/signatures/_parts/dead-link";

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ sent?: string; done?: string }>;
};

/** What a link has done that leads nowhere after it. */
const DONE = ["moved", "stopped"] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "confirming.resend" });
  return pageMetadata({ locale, title: t("title") });
}

/** Asks for a new link in place of one that does not work. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("confirming.resend");
  const done = await getTranslations("own.move.confirm");
  const { sent, ...query } = await searchParams;
  const said = DONE.find((code) => code === query.done);
  return (
    <SitePage locale={locale} path="/signatures">
      {sent === "1" ? (
        <Resent locale={locale} />
      ) : (
        <Message title={said ? done(`${said}.title`) : t("title")}>
          {said && (
            <p className="lead" role="status">
              {done(`${said}.text`)}
            </p>
          )}
          <AskForLink path="/signatures" locale={locale} titled={said !== undefined} />
        </Message>
      )}
    </SitePage>
  );
}
