import { expect, it } from "vitest";
import { nextMailTime } from "@/lib/signatures/mail-allowance";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute));
const limit = { kind: "test", count: 3, windowMs: 60 * 60_000, pauseMs: 10 * 60_000 };

it.each<[string, Date[], number, Date]>([
  ["nothing was sent", [], limit.pauseMs, new Date(0)],
  ["one was sent: the pause", [at(0)], limit.pauseMs, at(10)],
  ["as many as may: the window of the first of them", [at(0), at(10), at(20)], limit.pauseMs, at(60)],
  ["more than as many, in any order", [at(20), at(0), at(30), at(10)], limit.pauseMs, at(70)],
  // Of two processes whose clocks differ by a little, neither keeps the other's mail back.
  ["there is no pause: the last one does not matter", [at(5)], 0, new Date(0)],
])("the next mail may leave where %s", (_, sent, pauseMs, time) => {
  expect(nextMailTime(sent, { ...limit, pauseMs })).toEqual(time);
});
