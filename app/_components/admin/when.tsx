import { useFormatter } from "next-intl";

/** A time to the minute, with its zone. */
export function When({ at }: { at: Date }) {
  const words = useFormatter().dateTime(at, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
    timeZoneName: "short",
  });
  return <time dateTime={at.toISOString()}>{words}</time>;
}
