import { describe, expect, it } from "vitest";
import { lastHour, type Notified, noticeOf } from "@/lib/moderation/notices/due";

const START = new Date("2026-11-23T12:00:00Z");
const minutesOn = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const person = (changes: Partial<Notified>): Notified => ({
  notices: "AT_ONCE",
  noticeHour: 8,
  timeZone: "Europe/London",
  createdAt: new Date("2026-11-01T00:00:00Z"),
  noticedAt: null,
  noticedCount: 0,
  ...changes,
});

/** Has somebody told through simulated minutes. @param arrives the minutes in which a signature comes to the queue */
function toldAt(
  chosen: Partial<Notified>,
  minutes: number,
  arrives: number[],
  decided: number[] = [],
): number[] {
  const told: number[] = [];
  let now = person({ ...chosen, createdAt: START });
  // Finding the hour of a zone takes a tenth of a millisecond.
  const step = chosen.notices === "DAILY" ? 10 : 1;
  for (let minute = 0; minute < minutes; minute += step) {
    const come = arrives.filter((at) => at <= minute);
    const count = come.length - decided.filter((at) => at <= minute).length;
    const notice = noticeOf(
      now,
      { count, newest: come.length > 0 ? minutesOn(Math.max(...come)) : null },
      minutesOn(minute),
    );
    if (notice === "tell") told.push(minute);
    if (notice) now = { ...now, noticedAt: minutesOn(minute), noticedCount: count };
    else now = { ...now, noticedCount: Math.min(now.noticedCount, count) };
  }
  return told;
}

describe("who is told at once", () => {
  it("is told of the first, and of what comes after it once in a quarter of an hour", () => {
    expect(toldAt({ notices: "AT_ONCE" }, 60, [3, 4, 5, 16, 40])).toEqual([3, 18, 40]);
  });

  it("is not told again of what still waits, nor where nothing does", () => {
    expect(toldAt({ notices: "AT_ONCE" }, 2_000, [3])).toEqual([3]);
    expect(toldAt({ notices: "AT_ONCE" }, 60, [])).toEqual([]);
    // Decided before the pause was over.
    expect(toldAt({ notices: "AT_ONCE" }, 60, [3, 5], [6, 7])).toEqual([3]);
  });

  it("is told of a new one though others were decided, and of one that was released from a hold", () => {
    expect(toldAt({ notices: "AT_ONCE" }, 60, [3, 30], [20])).toEqual([3, 30]);
    const known = person({ noticedAt: START, noticedCount: 1 });
    const older = new Date("2026-11-20T12:00:00Z");
    expect(noticeOf(known, { count: 2, newest: older }, minutesOn(20))).toBe("tell");
    expect(noticeOf(known, { count: 1, newest: older }, minutesOn(20))).toBeNull();
  });
});

describe("who is told once a day", () => {
  const DAY = 1_440;

  it("is told at their hour of whatever waits, each day anew", () => {
    // 12:00 in London; eight in the morning is 20 hours away.
    expect(toldAt({ notices: "DAILY" }, 3 * DAY, [3])).toEqual([20 * 60, 20 * 60 + DAY, 20 * 60 + 2 * DAY]);
  });

  it("waits for the next day with what comes after their hour", () => {
    expect(toldAt({ notices: "DAILY", noticeHour: 12 }, 2 * DAY + 1, [60])).toEqual([DAY, 2 * DAY]);
  });

  it("has the hour of their own zone, also where it is half an hour off or the clock has changed", () => {
    const hour = (timeZone: string, noticeHour: number, now: string) =>
      lastHour({ timeZone, noticeHour }, new Date(now)).toISOString();
    expect(hour("Asia/Kolkata", 8, "2026-11-23T12:00:00Z")).toBe("2026-11-23T02:30:00.000Z");
    expect(hour("America/New_York", 8, "2026-11-23T12:00:00Z")).toBe("2026-11-22T13:00:00.000Z");
    expect(hour("Europe/London", 8, "2026-10-25T09:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
    expect(hour("Europe/London", 8, "2026-10-24T09:00:00Z")).toBe("2026-10-24T07:00:00.000Z");
  });
});

it("leaves alone who wants none", () => {
  expect(toldAt({ notices: "NONE" }, 4_000, [3, 100])).toEqual([]);
});
