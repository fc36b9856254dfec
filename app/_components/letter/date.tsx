import { useLocale } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { dateLocale } from "@/lib/i18n/locales";
import { untilWords, zoneName } from "@/lib/i18n/site-time";
import { readSite } from "@/lib/site/cached";

/** A day that the organiser has named, in the words of the reader's language. */
export function Day({ date }: { date: Date }) {
  const format = new Intl.DateTimeFormat(dateLocale(useLocale()), { dateStyle: "long", timeZone: "UTC" });
  return <time dateTime={date.toISOString().slice(0, 10)}>{format.format(date)}</time>;
}

/** A day and its time, with the site's time zone. */
export async function Moment({ date }: { date: Date }) {
  const locale = await getLocale();
  const { timeZone } = await readSite();
  const t = await getTranslations("site");
  const style = { dateStyle: "long", timeStyle: "short", timeZone } as const;
  const format = new Intl.DateTimeFormat(dateLocale(locale), style);
  return (
    <time dateTime={date.toISOString()}>
      {t("moment", { time: format.format(date), zone: zoneName(timeZone, locale) })}
    </time>
  );
}

/** Until when something lasts, as people say it: "the end of 31 December 2026, UK time". */
export const Until = ({ at }: { at: Date }) => <Ending at={at} how="until" />;

/** When something ended: "at the end of 31 December 2026, UK time". */
export const Ended = ({ at }: { at: Date }) => <Ending at={at} how="ended" />;

async function Ending({ at, how }: { at: Date; how: "until" | "ended" }) {
  const locale = await getLocale();
  const t = await getTranslations(`site.${how}`);
  const { timeZone } = await readSite();
  const { endOf, day, time } = untilWords(timeZone, at, locale);
  const zone = zoneName(timeZone, locale);
  return <time dateTime={at.toISOString()}>{t(endOf ? "endOf" : "time", { day, time, zone })}</time>;
}
