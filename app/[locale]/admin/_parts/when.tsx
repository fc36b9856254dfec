import { useLocale, useTimeZone } from "next-intl";
import { dateLocale } from "@/lib/i18n/locales";

const MINUTE = {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
} as const;

const exact = (at: Date, locale: string, timeZone = "UTC") =>
  new Intl.DateTimeFormat(dateLocale(locale), { ...MINUTE, timeZone }).format(at);

/** A time to the minute, in the site's zone and with its name. */
export function When({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{exact(at, useLocale(), useTimeZone())}</time>;
}

const UNITS = [
  ["minute", 60],
  ["hour", 24],
  ["day", 14],
  ["week", 9],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;
const NEXT = { minute: 60, hour: 24, day: 7, week: 4.345, month: 12, year: 1 };

/** How long ago something was, or how soon it is; the exact time for those who ask. */
export function Ago({ at }: { at: Date }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  let amount = (at.getTime() - Date.now()) / 60_000;
  for (const [unit, most] of UNITS) {
    if (Math.abs(amount) < most) {
      const words = new Intl.RelativeTimeFormat(dateLocale(locale), { numeric: "auto" });
      return (
        <time dateTime={at.toISOString()} title={exact(at, locale, timeZone)} className="ago">
          {words.format(amount > 0 ? Math.round(amount) : Math.trunc(amount), unit)}
        </time>
      );
    }
    amount /= NEXT[unit];
  }
}
