import { useLocale } from "next-intl";
import { dateLocale } from "@/lib/i18n/locales";

const MINUTE = {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
  timeZoneName: "short",
} as const;

const exact = (at: Date, locale: string) => new Intl.DateTimeFormat(dateLocale(locale), MINUTE).format(at);

/** A time to the minute, with its zone. */
export function When({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{exact(at, useLocale())}</time>;
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
  let amount = (at.getTime() - Date.now()) / 60_000;
  for (const [unit, most] of UNITS) {
    if (Math.abs(amount) < most) {
      const words = new Intl.RelativeTimeFormat(dateLocale(locale), { numeric: "auto" });
      return (
        <time dateTime={at.toISOString()} title={exact(at, locale)} className="ago">
          {words.format(Math.trunc(amount), unit)}
        </time>
      );
    }
    amount /= NEXT[unit];
  }
}
