import { describe, expect, it } from "vitest";
import { endOfDay, lastDay, momentOf, untilWords, writeClock, zoneName } from "@/lib/i18n/site-time";

describe("a time in the site's zone", () => {
  it.each([
    ["UTC", "2026-12-31T23:59", "2026-12-31T23:59:00Z"],
    ["Europe/London", "2026-07-01T12:00", "2026-07-01T11:00:00Z"],
    ["Asia/Kolkata", "2026-01-01T00:00", "2025-12-31T18:30:00Z"],
    // Shown twice: the first; left out: the moment after.
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z"],
    ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z"],
    ["America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00Z"],
    ["Pacific/Apia", "2026-01-01T00:00", "2025-12-31T11:00:00Z"],
  ])("in %s %s is %s", (zone, clock, moment) => {
    expect(momentOf(zone, clock)).toEqual(new Date(moment));
  });

  it("is written as it was typed, all year", () => {
    for (const zone of ["Europe/London", "Australia/Lord_Howe"])
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 61 * 3_600_000) {
        const clock = writeClock(zone, new Date(at));
        const back = momentOf(zone, clock);
        expect([clock, writeClock(zone, back)]).toEqual([clock, clock]);
        expect(back.getTime()).toBeLessThanOrEqual(at);
      }
  });

  it("ends a day at the midnight after it", () => {
    const end = endOfDay("Europe/London", "2026-06-30");
    expect(end).toEqual(new Date("2026-06-30T23:00:00Z"));
    expect(lastDay("Europe/London", end)).toBe("2026-06-30");
  });
});

describe("until when", () => {
  it.each([
    ["Europe/London", "2027-01-01T00:00:00Z", "en", { endOf: true, day: "31 December 2026" }],
    ["Europe/London", "2026-12-31T23:59:00Z", "en", { endOf: true, day: "31 December 2026" }],
    ["Europe/London", "2026-06-30T23:00:00Z", "en", { endOf: true, day: "30 June 2026" }],
    ["Europe/London", "2026-06-30T11:00:00Z", "en", { endOf: false, day: "30 June 2026", time: "12:00" }],
  ])("in %s %s reads as people say it", (zone, at, locale, words) => {
    expect(untilWords(zone, new Date(at), locale)).toMatchObject(words);
  });

  it("names zones as people do", () => {
    expect(zoneName("UTC", "en")).toBe("UTC");
    expect(zoneName("Europe/London", "en")).toBe("UK time");
    expect(zoneName("Asia/Urumqi", "en")).toBe("Ürümqi time");
    expect(zoneName("Europe/London", "ar")).toBe("توقيت المملكة المتحدة");
  });
});
