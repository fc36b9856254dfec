import type { Statistics } from "@/lib/counts/statistics/statistics-of";

/**
 * The numbers as CSV, with a mark that tells spreadsheets its encoding. No cell needs quoting: days, our own words, codes
 * of countries and names of sites, of which none begins like a formula.
 */
export function statisticsCsv({
  days,
  daily,
  countries,
  referrers,
  confirming,
  deciding,
  bounced,
}: Statistics): string {
  const seconds = (value: number | null) => (value === null ? "" : Math.round(value));
  const rows: (string | number)[][] = [
    ["day", "what", "part", "count"],
    ...days.flatMap((day) =>
      daily.filter((what) => day[what] > 0).map((what) => [day.day, what, "", day[what]]),
    ),
    ...countries.map(({ country, count }) => ["", "country", country, count]),
    ...referrers.named.map(({ host, count }) => ["", "referrer", host, count]),
    ["", "referrer", "elsewhere", referrers.elsewhere],
    ["", "seconds-to-confirm", "median", seconds(confirming.median)],
    ["", "seconds-to-confirm", "90%", seconds(confirming.most)],
    ["", "seconds-to-decide", "median", seconds(deciding.median)],
    ["", "seconds-to-decide", "90%", seconds(deciding.most)],
    ["", "bounced", "", bounced.count],
  ];
  return `\uFEFF${rows.map((row) => row.join(",")).join("\r\n")}\r\n`;
}
