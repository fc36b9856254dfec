import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AboutPage } from "@/app/_components/about/about-page";
import { Markdown } from "@/app/_components/about/markdown";
import { pageMetadata } from "@/app/_components/page-metadata";
import { localePath } from "@/lib/i18n/locales";
import { KEPT_DAYS, type Kept as KeptThing, LINK_DAYS, RECORD_MONTHS } from "@/lib/retention/rules";
import { CORRECTION_MS } from "@/lib/signatures/rules";
import { readSite } from "@/lib/site/cached";
import { type Carrier, dataHandling } from "@/lib/site/handling";
import { textFor } from "@/lib/site/rules";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "about.privacy" });
  return pageMetadata({ locale, path: "/privacy", title: t("title"), description: t("description") });
}

/** What the organiser says about data, and what the program does with it. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const site = await readSite();
  const t = await getTranslations("about.privacy");
  const text = textFor(site, "privacy", locale);
  return (
    <AboutPage locale={locale} path="/privacy" title={t("title")}>
      {text ? <Markdown text={text} locale={locale} /> : <p>{t("unset")}</p>}
      <Handling contact={site.contact} locale={locale} />
    </AboutPage>
  );
}

function Handling({ contact, locale }: { contact: string | null; locale: string }) {
  const t = useTranslations("about.privacy");
  const { carrier, cookie, sessionHours } = dataHandling();
  const address = () => <bdi dir="ltr">{contact}</bdi>;
  return (
    <section aria-labelledby="handling">
      <h2 id="handling">{t("handling")}</h2>
      <p className="note">{t("byProgram")}</p>
      <h3>{t("given.title")}</h3>
      <p>{t("given.shown")}</p>
      <p>{t("given.hidden")}</p>
      <h3>{t("kept.title")}</h3>
      <Kept locale={locale} />
      <h3>{t("others.title")}</h3>
      <CarriedBy carrier={carrier} />
      <p>{t("others.nobody")}</p>
      <h3>{t("cookies.title")}</h3>
      <p>{t("cookies.none")}</p>
      <p>{t("cookies.counted")}</p>
      <p>{t("cookies.typed", { time: lasting(locale, CORRECTION_MS / 60_000, "minute") })}</p>
      <p>
        {t.rich("cookies.administrators", {
          cookie: () => <code dir="ltr">{cookie}</code>,
          time: lasting(locale, sessionHours, "hour"),
        })}
      </p>
      <p>{t("cookies.log")}</p>
      <h3>{t("rights.title")}</h3>
      <p>
        {t.rich("rights.text", {
          ask: (words) => <a href={localePath(locale, "/signatures")}>{words}</a>,
        })}
      </p>
      {contact && <p>{t.rich("rights.write", { contact: address })}</p>}
    </section>
  );
}

function Kept({ locale }: { locale: string }) {
  const t = useTranslations("about.privacy.kept");
  return (
    <dl className="about-facts">
      <div>
        <dt>{t("confirmed")}</dt>
        <dd>{t("confirmedTime")}</dd>
      </div>
      <div>
        <dt>{t("line")}</dt>
        <dd>{t("lineTime")}</dd>
      </div>
      <div>
        <dt>{t("ownLink")}</dt>
        <dd>{t("ownLinkTime")}</dd>
      </div>
      <div>
        <dt>{t("usedLink")}</dt>
        <dd>{t("usedLinkTime")}</dd>
      </div>
      <div>
        <dt>{t("stopped")}</dt>
        <dd>{t("stoppedTime")}</dd>
      </div>
      <div>
        <dt>{t("closed")}</dt>
        <dd>{t("closedTime", { time: lasting(locale, RECORD_MONTHS.usual, "month") })}</dd>
      </div>
      {(Object.keys(KEPT_DAYS) as KeptThing[]).map((what) => (
        <div key={what}>
          <dt>{t(what, { time: lasting(locale, LINK_DAYS, "day") })}</dt>
          <dd>{lasting(locale, KEPT_DAYS[what], "day")}</dd>
        </div>
      ))}
    </dl>
  );
}

function CarriedBy({ carrier }: { carrier: Carrier }) {
  const t = useTranslations("about.privacy.others");
  if (carrier.is !== "server") return <p>{t(carrier.is)}</p>;
  return <p>{t.rich("server", { host: () => <bdi dir="ltr">{carrier.host}</bdi> })}</p>;
}

const lasting = (locale: string, count: number, unit: "month" | "day" | "hour" | "minute") =>
  new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
