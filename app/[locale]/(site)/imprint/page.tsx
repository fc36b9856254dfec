import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AboutPage } from "@/app/_components/about/about-page";
import { Markdown } from "@/app/_components/about/markdown";
import { OrganiserName } from "@/app/_components/organiser-name";
import { pageMetadata } from "@/app/_components/page-metadata";
import { readSite } from "@/lib/site/cached";
import { type Site, textFor } from "@/lib/site/rules";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "about.imprint" });
  return pageMetadata({ locale, path: "/imprint", title: t("title"), description: t("description") });
}

/** Who runs the site, and how to reach them. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const site = await readSite();
  const t = await getTranslations("about.imprint");
  const text = textFor(site, "imprint", locale);
  return (
    <AboutPage locale={locale} path="/imprint" title={t("title")}>
      {site.organiserName ? <Runner site={site} /> : <p>{t("unset")}</p>}
      {text && <Markdown text={text} locale={locale} />}
    </AboutPage>
  );
}

function Runner({ site }: { site: Site }) {
  const t = useTranslations("about.imprint");
  const { organiserName, website, contact, postalAddress, pressContact } = site;
  return (
    <dl className="about-facts" data-labels="short">
      <div>
        <dt>{t("runs")}</dt>
        <dd>
          <OrganiserName url={website}>{organiserName}</OrganiserName>
        </dd>
      </div>
      {postalAddress && (
        <div>
          <dt>{t("post")}</dt>
          <dd className="organiser-words" dir="auto">
            {postalAddress}
          </dd>
        </div>
      )}
      {contact && (
        <div>
          <dt>{t("contact")}</dt>
          <dd>
            <a href={`mailto:${contact}`}>
              <bdi dir="ltr">{contact}</bdi>
            </a>
          </dd>
        </div>
      )}
      {pressContact && (
        <div>
          <dt>{t("press")}</dt>
          <dd className="organiser-words" dir="auto">
            {pressContact}
          </dd>
        </div>
      )}
    </dl>
  );
}
