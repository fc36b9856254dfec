import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { canDo } from "@/lib/auth/permissions";
import { keptRows } from "@/lib/counts/queries";
import { type CountryCount, countriesOf } from "@/lib/counts/rules";
import { listedByDay } from "@/lib/counts/statistics/listed-by-day";
import {
  type Buckets,
  DAILY,
  DAILY_OPENLY,
  type DailyCount,
  type Day,
  everyDay,
  funnelOf,
  namedReferrers,
  within,
} from "@/lib/counts/statistics/rules";
import { db } from "@/lib/db/client";
import { writeClock } from "@/lib/i18n/site-time";
import { hiddenCountries } from "@/lib/signatories/hiding/queries";
import { siteNow } from "@/lib/site/queries";

type Times = { median: number | null; most: number | null };

/** How a letter does, in numbers. */
export type Statistics = {
  days: Day[];
  /** What of each day is told. */
  daily: readonly DailyCount[];
  funnel: ReturnType<typeof funnelOf>;
  countries: CountryCount[];
  /** Whether the numbers tell of single hidden signatures. */
  withHidden: boolean;
  referrers: ReturnType<typeof namedReferrers>;
  /** In seconds. */
  confirming: Times;
  deciding: Times;
  bounced: { count: number; of: number };
};

type Row = { day: string | null; what: string; part: string; count: number };

/**
 * The statistics of a letter: sums of kept counts, so that it does not matter how many have signed. Who may not open entries, and
 * files, which get around, tell of countries by the rule of the public counts, and of approvals those that the list shows.
 * @throws DomainError `forbidden`
 */
export async function statisticsOf(
  admin: Admin,
  letterId: string,
  now: Date,
  { forFile = false } = {},
): Promise<Statistics> {
  assertMay(admin, "statistics.read", letterId);
  const rows = await db.$queryRaw<Row[]>`
    SELECT day::text AS day, what, part, sum(count)::int AS count FROM letter_statistic
    WHERE letter_id = ${letterId}::uuid GROUP BY day, what, part`;
  const { timeZone } = await siteNow(db);
  const withHidden = !forFile && canDo(admin, "signature.read", letterId);
  const hidden = await hiddenCountries(db, [letterId]);
  const told = withHidden ? DAILY : DAILY_OPENLY;
  const counted = (what: string) => told.some((one) => one === what) && (withHidden || what !== "approved");
  const listed = withHidden ? [] : await listedByDay(db, letterId);
  const daily = [
    ...rows.flatMap(({ day, what, count }) => (day && counted(what) ? [{ day, what, count }] : [])),
    ...listed.map((row) => ({ ...row, what: "approved" })),
  ];
  const days = everyDay(daily, writeClock(timeZone, now).slice(0, 10));
  const overall = (what: string) => rows.filter((row) => row.what === what && row.day === null);
  const sum = (counts: { count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
  return {
    days,
    daily: told,
    funnel: funnelOf(days),
    countries: countriesOf(await keptRows(db, letterId), withHidden, hidden.get(letterId)),
    withHidden,
    referrers: namedReferrers(referrersOf(rows)),
    confirming: timesOf(overall("confirm-time")),
    deciding: timesOf(overall("decide-time")),
    bounced: { count: sum(overall("bounced")), of: sum(daily.filter(({ what }) => what === "submitted")) },
  };
}

/** By site, on whatever day its visits were counted. */
function referrersOf(rows: Row[]) {
  const hosts = new Map<string, number>();
  for (const { what, part, count } of rows)
    if (what === "referrer") hosts.set(part, (hosts.get(part) ?? 0) + count);
  return [...hosts].map(([host, count]) => ({ host, count }));
}

function timesOf(rows: Row[]): Times {
  const buckets: Buckets = new Map(rows.map(({ part, count }) => [Number(part), count]));
  return { median: within(buckets, 0.5), most: within(buckets, 0.9) };
}

/** From so many on it is not said how many exactly: they would have to be counted one by one. */
export const MOST_UPDATES = 100_000;

/** How many of those whose signature is confirmed want news of a letter, up to a number. @throws DomainError `forbidden` */
export async function wantUpdates(admin: Admin, letterId: string): Promise<number> {
  assertMay(admin, "letter.read", letterId);
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM signature WHERE letter_id = ${letterId}::uuid AND updates AND state IN ('VERIFIED', 'APPROVED')
      LIMIT ${MOST_UPDATES}) wanting`;
  return row?.count ?? 0;
}
