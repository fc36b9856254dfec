import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { EVEN_MS, inConstantTime, slotAfter } from "@/lib/http/constant-time";

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await inConstantTime(work).catch(() => undefined);
  return performance.now() - begun;
}

describe("work in even time", () => {
  it("takes no less than the time, whether it is quick, slow or fails", async () => {
    const times = await Promise.all([
      timed(async () => "quick"),
      timed(() => pause(EVEN_MS / 2)),
      timed(async () => {
        throw new Error("fails");
      }),
    ]);
    for (const time of times) expect(time).toBeGreaterThanOrEqual(EVEN_MS - 2);
  });

  it("takes whole steps of the time where one was too short, however much too short", async () => {
    const times = await Promise.all([timed(() => pause(EVEN_MS * 1.3)), timed(() => pause(EVEN_MS * 1.6))]);
    for (const time of times) expect(time).toBeGreaterThanOrEqual(EVEN_MS * 2 - 4);
  });

  it("grows with what works take, in steps, and not for ever", () => {
    const slots = [[], [5, 6, 7], [29], [31], [100, 100], [100_000]].map(
      (works) => slotAfter(works) / EVEN_MS,
    );
    expect(slots).toEqual([1, 1, 1, 2, 4, 10]);
    // One straggler of many tells nothing about the machine.
    expect(slotAfter([...Array(99).fill(5), 500])).toBe(EVEN_MS);
  });

  it("gives what the work gives", async () => {
    expect(await inConstantTime(async () => 7)).toBe(7);
    await expect(inConstantTime(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
