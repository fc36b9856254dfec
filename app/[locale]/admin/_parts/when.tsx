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

/** A time to the minute, with its zone. */
export function When({ at }: { at: Date }) {
  const words = new Intl.DateTimeFormat(dateLocale(useLocale()), MINUTE).format(at);
  return <time dateTime={at.toISOString()}>{words}</time>;
}
