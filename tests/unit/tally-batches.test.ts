import { describe, expect, it } from "vitest";
import { type CountedChange, dueBefore, effectOf, endsBatch, lastTurn } from "@/lib/counts/batches";
import type { CountedStanding } from "@/lib/signatures/engine/rules";

const standing = (changes: Partial<CountedStanding>): CountedStanding => ({
  letterId: "letter",
  state: "APPROVED",
  visibility: "WITHHELD",
  kind: "ORGANISATION",
  country: "GB",
  expert: false,
  ...changes,
});

const change = (before: Partial<CountedStanding>, after: Partial<CountedStanding>): CountedChange => ({
  before: standing(before),
  after: standing(after),
});

const approval = change({ state: "VERIFIED" }, {});
const withdrawal = change({ visibility: "PUBLIC" }, { visibility: "PUBLIC", state: "WITHDRAWN" });

describe("what a change means for readers", () => {
  it.each([
    ["an approval of a withheld one", approval, { shown: false, withheld: 1 }],
    ["its withdrawal", change({}, { state: "WITHDRAWN" }), { shown: false, withheld: 1 }],
    ["its move to another country", change({}, { country: "FR" }), { shown: false, withheld: 1 }],
    ["its mark as an expert", change({}, { expert: true }), { shown: false, withheld: 1 }],
    ["a correction of its name", change({}, {}), { shown: false, withheld: 0 }],
    ["a withdrawal of a shown one", withdrawal, { shown: true, withheld: 0 }],
    ["hiding one", change({ visibility: "PUBLIC" }, {}), { shown: true, withheld: 1, hidden: 1 }],
    ["showing one again", change({}, { visibility: "PUBLIC" }), { shown: true, withheld: 0 }],
    [
      "one that never counted",
      change({ state: "PENDING" }, { state: "EXPIRED" }),
      { shown: false, withheld: 0 },
    ],
  ])("%s", (_, one, effect) => {
    expect(effectOf([one])).toEqual({ hidden: 0, ...effect });
  });

  it("ends a batch at the third change, but never as a name goes", () => {
    expect([1, 2, 3, 4].map((waiting) => endsBatch(effectOf([approval]), waiting))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    const hiding = change({ visibility: "PUBLIC" }, {});
    const report = change({ visibility: "PUBLIC" }, { visibility: "PUBLIC", concealed: true });
    for (const waiting of [3, 30]) {
      expect(endsBatch(effectOf([report]), waiting)).toBe(false);
      expect(endsBatch(effectOf([{ ...report, byRule: true }]), waiting)).toBe(true);
      expect(endsBatch(effectOf([hiding]), waiting)).toBe(false);
      expect(endsBatch(effectOf([hiding, approval]), waiting)).toBe(true);
      expect(endsBatch(effectOf([withdrawal]), waiting)).toBe(false);
    }
  });
});

describe("a smaller batch", () => {
  const HOUR_MS = 3_600_000;

  it("is seen at noon or midnight, half a day to a day after its first change, whenever that was", () => {
    const day = new Date("2026-11-27T00:00:00Z").getTime();
    for (let since = day; since < day + 24 * HOUR_MS; since += HOUR_MS / 4) {
      let now = since;
      while (since > dueBefore(lastTurn(new Date(now))).getTime()) now += HOUR_MS / 12;
      const turn = lastTurn(new Date(now)).getTime();
      expect(turn % (12 * HOUR_MS)).toBe(0);
      expect(turn - since).toBeGreaterThanOrEqual(12 * HOUR_MS);
      expect(turn - since).toBeLessThan(24 * HOUR_MS);
    }
  });
});
