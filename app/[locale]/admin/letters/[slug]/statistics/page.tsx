import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { DayPlot } from "@/app/[locale]/admin/letters/_parts/statistics/day-plot";
import {
  Countries,
  DayTable,
  Referrers,
  Times,
} from "@/app/[locale]/admin/letters/_parts/statistics/figures";
import { Funnel } from "@/app/[locale]/admin/letters/_parts/statistics/funnel";
import { statisticsOf } from "@/lib/counts/statistics/statistics-of";
import { dateLocale } from "@/lib/i18n/locales";
import { organiserLetter } from "@/lib/letters/organiser-queries";

type Props = { params: Promise<{ locale: string; slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "statistics" }))("title") };
}

/** How a letter does, in numbers: plots made here, with the tables behind them. */
export default async function Page({ params }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "statistics.read");
  const now = new Date();
  const letter = await organiserLetter(admin, slug, locale, now);
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const t = await getTranslations("statistics");
  const dates = new Intl.DateTimeFormat(dateLocale(locale), { timeZone: "UTC", dateStyle: "medium" });
  const statistics = await statisticsOf(admin, letter.id, now);
  const { days, funnel } = statistics;
  return (
    <LetterPages admin={admin} letter={letter} locale={locale} tab="statistics">
      <section aria-labelledby="days">
        <h2 id="days">{t("days")}</h2>
        {days.length === 0 ? (
          <p>{t("nothing")}</p>
        ) : (
          <>
            <DayPlot days={days} />
            <DayTable {...statistics} />
            <p className="note">{t(statistics.withHidden ? "daysHidden" : "daysListed")}</p>
          </>
        )}
      </section>
      <section aria-labelledby="funnel">
        <h2 id="funnel">{t("funnel")}</h2>
        <p className="note">
          {funnel.since
            ? t("funnelSince", {
                day: dates.format(new Date(funnel.since)),
              })
            : t("funnelUnknown")}
        </p>
        <Funnel funnel={funnel} />
      </section>
      <section aria-labelledby="times">
        <h2 id="times">{t("times")}</h2>
        <Times {...statistics} />
      </section>
      <section aria-labelledby="countries">
        <h2 id="countries">{t("countries")}</h2>
        <p className="note">
          {t("countriesNote")} {t(statistics.withHidden ? "countriesHidden" : "countriesPublic")}
        </p>
        <Countries {...statistics} />
      </section>
      <section aria-labelledby="referrers">
        <h2 id="referrers">{t("referrers")}</h2>
        <p className="note">{t("referrersNote")}</p>
        <Referrers {...statistics} />
      </section>
      <p className="admin-pages">
        <a className="button" data-quiet href={`${organiserPath(locale, slug, "statistics")}/csv`} download>
          {t("csv")}
        </a>
      </p>
    </LetterPages>
  );
}
