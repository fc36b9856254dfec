import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Moment } from "@/app/_components/letter/date";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { DeadLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import {
  displayedFacts,
  FactList,
  privateFacts,
} from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { type OwnData, ownData } from "@/lib/signatures/own/own-data";

type Props = { params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "own" });
  return pageMetadata({ locale, title: t("data.heading") });
}

/** All that is stored of one's own signatures, to read, print or keep. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("own");
  const path = `/signatures/${token}`;
  const data = await ownData(token, locale, new Date());
  if (!data) answerWithStatus(404);
  return (
    <SitePage locale={locale} path={`${path}/data`}>
      {!data && <DeadLink state="unknown" locale={locale} />}
      {data && (
        <div className="sheet">
          <div className="page-head form-head">
            <h1 className="page-title">{t("data.heading")}</h1>
            <p className="lead">{t("data.lead")}</p>
            <p className="button-row">
              <a href={localePath(locale, path)}>{t("data.back")}</a>
              <a href={localePath(locale, `${path}/download`)} download>
                {t("data.file")}
              </a>
            </p>
          </div>
          {data.map((one) => (
            <One key={publicId(one.id)} data={one} locale={locale} />
          ))}
        </div>
      )}
    </SitePage>
  );
}

async function One({ data, locale }: { data: OwnData; locale: string }) {
  const t = await getTranslations("own");
  const { title, version, consent, typed, history } = data;
  return (
    <section className="form" aria-label={title}>
      <h2 className="section-title">
        <bdi>{title}</bdi>
      </h2>
      <p>{t("data.version", { number: version })}</p>
      <h3 className="group-title">{t("data.all")}</h3>
      <FactList
        facts={[...displayedFacts(data, locale), ...privateFacts(data, locale, t("news.on"), t("news.off"))]}
      />
      {typed && (
        <>
          <h3 className="group-title">{t("data.typed")}</h3>
          <FactList facts={displayedFacts({ ...data, signatory: typed }, locale)} />
        </>
      )}
      <h3 className="group-title">{t("data.history")}</h3>
      <ul className="own-history">
        <li>{t.rich("data.consent", { name: consent.version, time: () => <Moment date={consent.at} /> })}</li>
        {history.map(({ at, action, by }) => (
          <li key={`${at.toISOString()} ${action}`}>
            <Moment date={at} />:{" "}
            {t(t.has(`events.${eventOf(action)}`) ? `events.${eventOf(action)}` : "events.other")} (
            {t(`by.${by}`)})
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Message keys have no dots. */
const eventOf = (action: string) => action.replace("signature.", "");
