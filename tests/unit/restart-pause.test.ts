import { describe, expect, it } from "vitest";
import { restartPause } from "@/bin/launch/restart-pause";

/** The pauses before a process that is killed again and again, each time after so many milliseconds. */
function pauses(kills: number, lived: number): number[] {
  const all: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) all.push(restartPause(lived, all.at(-1) ?? 0));
  return all;
}

describe("the pause before a process is started again", () => {
  it("stays under 5 s, however often it is killed", () => {
    const all = pauses(100, 2_000);
    expect(Math.max(...all)).toBeLessThan(5_000);
    expect(all.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it("is short again for a process that ran for long", () => {
    expect(pauses(5, 3_600_000)).toEqual([500, 500, 500, 500, 500]);
  });
});
