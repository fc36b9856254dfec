import { dateLocale } from "@/lib/i18n/locales";

const MINUTE_MS = 60_000;

/** The clock of a time zone at a moment, as if it were UTC's. */
function clockIn(zone: string, at: Date): number {
  const format = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  return Date.parse(`${format.format(at).replace(" ", "T")}:00Z`);
}

/**
 * The moment at which a zone's clock shows a time. Of an hour that the clock shows twice the first one; in one that it
 * leaves out, the moment after.
 * @param clock as `datetime-local` has it
 */
export function momentOf(zone: string, clock: string): Date {
  const wanted = Date.parse(`${clock}:00Z`);
  const offsetAt = (moment: number) =>
    clockIn(zone, new Date(moment)) - Math.floor(moment / MINUTE_MS) * MINUTE_MS;
  const candidates = [wanted - offsetAt(wanted - 86_400_000), wanted - offsetAt(wanted + 86_400_000)];
  const right = candidates.filter((moment) => clockIn(zone, new Date(moment)) === wanted);
  return new Date(Math.min(...(right.length > 0 ? right : [Math.max(...candidates)])));
}

/** What a zone's clock shows, as `datetime-local` takes it. */
export const writeClock = (zone: string, at: Date): string =>
  new Date(clockIn(zone, at)).toISOString().slice(0, 16);

/** The end of a day: the midnight after it. @param day as `date` inputs have it */
export function endOfDay(zone: string, day: string): Date {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return momentOf(zone, `${next}T00:00`);
}

/** The last day of a time that ends at a moment, as `date` inputs take it. */
export const lastDay = (zone: string, end: Date): string =>
  writeClock(zone, new Date(end.getTime() - 1)).slice(0, 10);

/** A zone as people call it: "UK time". */
export function zoneName(zone: string, locale: string): string {
  if (zone === "UTC") return zone;
  const format = new Intl.DateTimeFormat(dateLocale(locale), {
    timeZone: zone,
    timeZoneName: "shortGeneric",
  });
  const name = format.formatToParts(0).find(({ type }) => type === "timeZoneName")?.value ?? zone;
  return name.replace(/^United Kingdom Time$/, "UK time").replace(/ Time$/, " time");
}

/** A day in the words of a language. */
export const dayWords = (zone: string, at: Date, locale: string): string =>
  new Intl.DateTimeFormat(dateLocale(locale), { dateStyle: "long", timeZone: zone }).format(at);

/**
 * Until when something lasts, as people say it.
 * @returns `endOf`: the end of that day, which midnight and the minute before it are; else the day with its time
 */
export function untilWords(
  zone: string,
  until: Date,
  locale: string,
): { endOf: boolean; day: string; time: string } {
  const clock = writeClock(zone, until).slice(11);
  const endOf = clock === "00:00" || clock === "23:59";
  const shown = clock === "00:00" ? new Date(until.getTime() - MINUTE_MS) : until;
  const time = new Intl.DateTimeFormat(dateLocale(locale), { timeStyle: "short", timeZone: zone }).format(
    until,
  );
  return { endOf, day: dayWords(zone, shown, locale), time };
}

/** Places that `Intl` lists under names that are no longer theirs. It understands both. */
const NAMES_NOW: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** All time zones to choose from, by name. @param chosen the one that is set, which may be none of them */
export function timeZoneChoices(chosen: string): { value: string; label: string }[] {
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => NAMES_NOW[zone] ?? zone);
  return [...new Set(["UTC", ...zones.sort(), chosen])].map((value) => ({
    value,
    label: value.replaceAll("_", " "),
  }));
}
