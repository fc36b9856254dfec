import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import type { Statistics } from "@/lib/counts/statistics/statistics-of";
import { dateLocale } from "@/lib/i18n/locales";

/** Every day with its numbers, the newest first. */
export function DayTable({ days, daily }: Pick<Statistics, "days" | "daily">) {
  const t = useTranslations("statistics");
  const format = useFormatter();
  const dates = new Intl.DateTimeFormat(dateLocale(useLocale()), { timeZone: "UTC", dateStyle: "medium" });
  const kept = days.filter((day) => daily.some((what) => day[what] > 0)).reverse();
  return (
    <details className="statistics-days">
      <summary>{t("table")}</summary>
      <div className="admin-table">
        <table className="admin-counts statistics-table">
          <caption className="visually-hidden">{t("days")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("day")}</th>
              {daily.map((what) => (
                <th key={what} scope="col">
                  {t(`what.${what}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kept.map((day) => (
              <tr key={day.day}>
                <th scope="row">{dates.format(new Date(day.day))}</th>
                {daily.map((what) => (
                  <td key={what}>{format.number(day[what])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

type CountsProps = { caption: string; name: string; rows: { label: string; count: number }[] };

/** Names with their numbers. */
export function Counts({ caption, name, rows }: CountsProps) {
  const t = useTranslations("statistics");
  const format = useFormatter();
  if (rows.length === 0) return <p>{t("nothing")}</p>;
  return (
    <table className="admin-counts statistics-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">{t("count")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, count }) => (
          <tr key={label}>
            <th scope="row">
              <bdi>{label}</bdi>
            </th>
            <td>{format.number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Countries({ countries }: Pick<Statistics, "countries">) {
  const t = useTranslations("statistics");
  const locale = useLocale();
  const { nameOf } = useCountryNames(locale);
  const rows = countries.map(({ country, count }) => ({ label: nameOf(country), count }));
  return <Counts caption={t("countries")} name={t("country")} rows={rows} />;
}

export function Referrers({ referrers: { named, elsewhere } }: Pick<Statistics, "referrers">) {
  const t = useTranslations("statistics");
  const rows = named.map(({ host, count }) => ({ label: host, count }));
  const other = elsewhere > 0 ? [{ label: t("elsewhere"), count: elsewhere }] : [];
  return <Counts caption={t("referrers")} name={t("site")} rows={[...rows, ...other]} />;
}

/** How long confirming and deciding take, and how many addresses bounced. */
export function Times({
  confirming,
  deciding,
  bounced,
}: Pick<Statistics, "confirming" | "deciding" | "bounced">) {
  const t = useTranslations("statistics");
  const format = useFormatter();
  const said = { confirming, deciding };
  const length = (seconds: number | null) => {
    if (seconds === null) return t("nothing");
    const [count, unit] = inUnits(seconds);
    return t(`length.${unit}`, { count });
  };
  return (
    <dl className="statistics-times">
      {(["confirming", "deciding"] as const).map((which) => (
        <div key={which}>
          <dt>{t(which)}</dt>
          <dd>{t("half", { length: length(said[which].median) })}</dd>
          <dd>{t("most", { length: length(said[which].most) })}</dd>
        </div>
      ))}
      <div>
        <dt>{t("bounced")}</dt>
        <dd>
          {t("bouncedOf", {
            count: bounced.count,
            of: bounced.of,
            share: format.number(bounced.of > 0 ? bounced.count / bounced.of : 0, {
              style: "percent",
              maximumFractionDigits: 1,
            }),
          })}
        </dd>
      </div>
    </dl>
  );
}

/** A length of time in the unit in which people say it. */
function inUnits(seconds: number): [number, "minutes" | "hours" | "days"] {
  if (seconds < 5_400) return [Math.max(1, Math.round(seconds / 60)), "minutes"];
  if (seconds < 129_600) return [Math.round(seconds / 3_600), "hours"];
  return [Math.round(seconds / 86_400), "days"];
}
