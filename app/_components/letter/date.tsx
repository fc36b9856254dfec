import { useLocale } from "next-intl";
import { dateLocale } from "@/lib/i18n/locales";

/** A day, in the words of the reader's language. Times are kept and shown in UTC. */
export function Day({ date }: { date: Date }) {
  const format = new Intl.DateTimeFormat(dateLocale(useLocale()), { dateStyle: "long", timeZone: "UTC" });
  return <time dateTime={date.toISOString().slice(0, 10)}>{format.format(date)}</time>;
}

/** A day and its time. The sentence around it says that this is UTC. */
export function Moment({ date }: { date: Date }) {
  const style = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  const format = new Intl.DateTimeFormat(dateLocale(useLocale()), style);
  return <time dateTime={date.toISOString()}>{format.format(date)}</time>;
}
