import type { As } from "@/lib/letters/settings/rules";

/** What is counted on each day of a letter. */
export const DAILY = [
  "shown",
  "submitted",
  "confirmed",
  "approved",
  "rejected",
  "withdrawn",
  "expired",
] as const;
/**
 * What says nothing about a hidden signature: what was rejected or withdrawn would tell, beside the list, who
 * was approved.
 */
export const DAILY_OPENLY = DAILY.filter((what) => what !== "rejected" && what !== "withdrawn");
/** What is counted over all days: sites that led to the letter, addresses that bounced, and times by buckets. */
export const OVERALL = ["referrer", "bounced", "confirm-time", "decide-time"] as const;

export type DailyCount = (typeof DAILY)[number];
export type StatisticWhat = DailyCount | (typeof OVERALL)[number];

/** Each bucket of times reaches a tenth further than the one before: exact enough, and few. */
export const BUCKET_RATIO = 1.1;

/** Of the seconds in a bucket, those in its middle. */
export const secondsOf = (bucket: number) => BUCKET_RATIO ** (bucket + 0.5);

export type Buckets = ReadonlyMap<number, number>;

/**
 * The time within which a part of all has happened, by buckets.
 * @param part from 0 to 1
 * @returns seconds; null where nothing has happened
 */
export function within(buckets: Buckets, part: number): number | null {
  const all = [...buckets.values()].reduce((sum, count) => sum + count, 0);
  if (all <= 0) return null;
  let passed = 0;
  for (const [bucket, count] of [...buckets].sort(([one], [other]) => one - other)) {
    passed += count;
    if (passed >= all * part) return secondsOf(bucket);
  }
  return null;
}

/** Of sites that led to a letter, only those are named that did so often: one reader must not be told by a rare one. */
export const FEWEST_REFERRED = 3;
/** How many sites are kept for a letter; what comes from others counts as elsewhere. */
export const MOST_REFERRERS = 200;
/** How many sites of a letter are new in a day at most: anybody can make names up. */
export const MOST_NEW_REFERRERS = 20;
/** In place of a site's name: one of those that are not named. */
export const ELSEWHERE = "";

/** The name of the site that a reader came from; null where it is our own, or nothing that can be one. */
export function referringHost(referrer: string | undefined, publicUrl: string): string | null {
  if (!referrer || !/^https?:\/\//.test(referrer) || !URL.canParse(referrer)) return null;
  const host = new URL(referrer).hostname.replace(/^www\./, "");
  if (host === new URL(publicUrl).hostname.replace(/^www\./, "")) return null;
  return /^[a-z0-9](?:[a-z0-9-]*\.)+[a-z0-9-]{2,}$/.test(host) && host.length <= 100 ? host : null;
}

/**
 * Which letter's page or form a path is; the front page has the featured one's, whose slug is empty here.
 * @returns as `form` who is to sign; empty where the path does not say it, null for the letter's own page
 */
export function visited(path: string): { slug: string; form: As | "" | null } | null {
  const found = /^(?:\/[a-z]{2,3})?(?:\/|\/letters\/([a-z0-9-]{1,100})(\/sign)?)?(?:\?(.*))?$/.exec(path);
  if (!found || !path.startsWith("/")) return null;
  const [, slug = "", isForm, query] = found;
  const as = new URLSearchParams(query).get("as");
  const form = as === "organisation" || as === "individual" ? as : "";
  return { slug, form: isForm ? form : null };
}

export type Part<Name extends string> = Record<Name, string> & { count: number };

/** The sites that led to a letter often, most first, and how often others did. */
export function namedReferrers(all: Part<"host">[]): { named: Part<"host">[]; elsewhere: number } {
  const isNamed = ({ host, count }: Part<"host">) => host !== ELSEWHERE && count >= FEWEST_REFERRED;
  return {
    named: all
      .filter(isNamed)
      .sort((one, other) => other.count - one.count || (one.host < other.host ? -1 : 1)),
    elsewhere: all.filter((one) => !isNamed(one)).reduce((sum, { count }) => sum + count, 0),
  };
}

export type Day = { day: string } & Record<DailyCount, number>;

const NONE = Object.fromEntries(DAILY.map((what) => [what, 0])) as Record<DailyCount, number>;
const DAY_MS = 86_400_000;
/** More points than this are drawn by weeks. */
const MOST_POINTS = 120;

/** All days from the first to the last of which there is something, also those without anything. */
export function everyDay(rows: { day: string; what: string; count: number }[], until: string): Day[] {
  const known = new Map<string, Day>();
  for (const { day, what, count } of rows) {
    const line = known.get(day) ?? { day, ...NONE };
    if (what in NONE) line[what as DailyCount] += count;
    known.set(day, line);
  }
  const first = [...known.keys()].sort()[0];
  if (!first) return [];
  const days: Day[] = [];
  for (let at = Date.parse(first); at <= Math.max(Date.parse(until), Date.parse(first)); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.push(known.get(day) ?? { day, ...NONE });
  }
  return days;
}

/** The same as points to draw: by weeks, named by their first day, where there are many. */
export function points(days: Day[]): { by: "day" | "week"; points: Day[] } {
  if (days.length <= MOST_POINTS) return { by: "day", points: days };
  const weeks: Day[] = [];
  for (let at = 0; at < days.length; at += 7) {
    const some = days.slice(at, at + 7);
    const sums = DAILY.map((what) => [what, some.reduce((sum, day) => sum + day[what], 0)]);
    weeks.push({ day: some[0]?.day ?? "", ...(Object.fromEntries(sums) as Record<DailyCount, number>) });
  }
  return { by: "week", points: weeks };
}

/**
 * From showing the form to the decision, counted from the first day on which shown forms were. A day on which fewer were
 * shown than submitted is left out: the count began amid it.
 */
export function funnelOf(
  days: Day[],
): { since: string | null } & Pick<Day, "shown" | "submitted" | "confirmed" | "approved"> {
  const first = days.findIndex(({ shown, submitted }) => shown > 0 && shown >= submitted);
  const counted = first === -1 ? days : days.slice(first);
  const sum = (what: DailyCount) => counted.reduce((all, day) => all + day[what], 0);
  return {
    since: days[first]?.day ?? null,
    shown: sum("shown"),
    submitted: sum("submitted"),
    confirmed: sum("confirmed"),
    approved: sum("approved"),
  };
}
