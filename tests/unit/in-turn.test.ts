import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cache } from "@/lib/cache/tagged-cache";
import { AT_ONCE, inTurn, MOST_WAITING } from "@/server/in-turn";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that lasts until it is told to end. */
function endless() {
  const ends: (() => void)[] = [];
  const make = vi.fn(() => new Promise<string>((resolve) => ends.push(() => resolve("made"))));
  const endAll = async () => {
    while (ends.length > 0) {
      for (const end of ends.splice(0)) end();
      await vi.advanceTimersByTimeAsync(0);
    }
  };
  return { make, endAll };
}

const many = (count: number, make: () => Promise<string>) =>
  Promise.all(Array.from({ length: count }, () => inTurn(make)));

describe("searches in turn", () => {
  it("are made a few at a time, all of them in the end", async () => {
    const { make, endAll } = endless();
    const all = many(AT_ONCE + 3, make);
    await vi.advanceTimersByTimeAsync(0);
    expect(make).toHaveBeenCalledTimes(AT_ONCE);
    await endAll();
    expect(new Set(await all)).toEqual(new Set(["made"]));
  });

  it("are refused at once where too many wait", async () => {
    const { make, endAll } = endless();
    const all = many(AT_ONCE + MOST_WAITING, make);
    await vi.advanceTimersByTimeAsync(0);
    expect(await inTurn(make)).toBeNull();
    await endAll();
    expect((await all).filter((one) => one === "made")).toHaveLength(AT_ONCE + MOST_WAITING);
    const next = inTurn(make);
    await vi.advanceTimersByTimeAsync(0);
    await endAll();
    expect(await next).toBe("made");
  });

  it("keep to themselves what they depend on, also those that waited", async () => {
    const { make, endAll } = endless();
    const all = many(AT_ONCE, make);
    const read = (name: string) => cache.remember(`inner:${name}`, async (scope) => scope.dependsOn([name]));
    const document = (name: string) => cache.remember(`outer:${name}`, () => inTurn(() => read(name)));
    const waited = Promise.all([document("one"), document("two")]);
    await vi.advanceTimersByTimeAsync(0);
    await endAll();
    await Promise.all([all, waited]);
    const again = vi.fn(async () => "again");
    cache.invalidate("one");
    await cache.remember("outer:one", again);
    await cache.remember("outer:two", again);
    expect(again).toHaveBeenCalledTimes(1);
  });

  it("fail as what makes them fails", async () => {
    const failing = inTurn(() => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
  });
});
