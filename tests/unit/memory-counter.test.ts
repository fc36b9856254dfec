import { describe, expect, it } from "vitest";
import { MemoryCounter } from "@/lib/abuse/limits/memory-counter";

describe("counting alone", () => {
  const limit = { name: "test", points: 2, seconds: 60 };

  it("tells each key's event that was one too many", () => {
    const counter = new MemoryCounter(limit);
    expect([1, 2, 3].map(() => counter.exceeds("one"))).toEqual([false, false, true]);
    expect([counter.isSpent("one"), counter.isSpent("two")]).toEqual([true, false]);
    expect(counter.exceeds("two")).toBe(false);
  });

  it("begins anew after the window of the first event", async () => {
    const counter = new MemoryCounter({ ...limit, seconds: 0.05 });
    for (let time = 0; time < 3; time++) counter.exceeds("one");
    await expect.poll(() => counter.isSpent("one")).toBe(false);
    expect(counter.exceeds("one")).toBe(false);
  });

  it("holds no more keys than it may, whoever asks", () => {
    const counter = new MemoryCounter(limit, 10);
    for (let time = 0; time < 2; time++) counter.exceeds("one");
    for (let other = 0; other < 10; other++) counter.exceeds(`other ${other}`);
    expect(counter.isSpent("one")).toBe(false);
  });
});
