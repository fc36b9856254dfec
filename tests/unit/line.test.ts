import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cache } from "@/lib/cache/tagged-cache";
import { LEAST_WAITING, Line } from "@/server/line";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LIMITS = { atOnce: 2, most: 20, waitMs: 1_000, patienceMs: 3_000 };

/** Somebody who asks now. */
const from = (network: string | null, connection = new EventEmitter()) => ({
  network,
  arrivedAt: performance.now(),
  connection,
});

/** A line, and work in it that lasts until it is told to end. */
function trial(limits = LIMITS) {
  const line = new Line(limits);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.push(() => resolve(name)));
  };
  const ask = (network: string | null, name = String(network), connection?: EventEmitter) =>
    line.run(from(network, connection), work(name));
  const fill = () => Array.from({ length: limits.atOnce }, () => ask("served"));
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const endOne = async () => {
    ends.shift()?.();
    await settle();
  };
  const endAll = async () => {
    await settle();
    while (ends.length > 0) await endOne();
  };
  return { line, begun, ask, fill, settle, endOne, endAll };
}

describe("a line", () => {
  it("serves a few at a time, first come, first served", async () => {
    const { begun, ask, endOne, endAll, settle } = trial();
    const all = ["one", "two", "three", "four"].map((name) => ask("net", name));
    await settle();
    expect(begun).toEqual(["one", "two"]);
    await endOne();
    expect(begun).toEqual(["one", "two", "three"]);
    await endAll();
    expect(await Promise.all(all)).toEqual(["one", "two", "three", "four"]);
  });

  it("serves networks in turn, so that a crowd keeps nobody else waiting", async () => {
    const { begun, ask, fill, endAll } = trial();
    fill();
    for (let place = 0; place < 5; place++) void ask("crowd");
    void ask("reader");
    void ask(null, "unknown");
    await endAll();
    expect(begun.slice(2)).toEqual(["crowd", "reader", "unknown", "crowd", "crowd", "crowd", "crowd"]);
  });

  it("has always a place for another network, and none for more of one than are free", async () => {
    const { ask, fill, endAll } = trial();
    fill();
    const crowd = Array.from({ length: 50 }, () => ask("crowd"));
    const others = Array.from({ length: 3 }, (_, place) => ask(`other ${place}`));
    const unknown = Array.from({ length: 50 }, () => ask(null, "unknown"));
    await endAll();
    const served = async (asked: Promise<string | null>[]) =>
      (await Promise.all(asked)).filter((one) => one !== null).length;
    expect(await served(crowd)).toBe(LIMITS.most / 2);
    expect(await served(others)).toBe(3);
    // All who are not known are one.
    expect(await served(unknown)).toBe(4);
  });

  it("refuses at once where it is full", async () => {
    const { begun, ask, fill, settle, endAll } = trial();
    fill();
    for (let place = 0; place < LIMITS.most; place++) void ask(`network ${place}`);
    let answer: unknown;
    void ask("late").then((given) => {
      answer = given;
    });
    await settle();
    expect(answer).toBeNull();
    await endAll();
    expect(begun).not.toContain("late");
  });

  it("lets as many wait as it serves in a time, and some always", async () => {
    const { line, ask, fill, endAll } = trial({ ...LIMITS, most: 1_000 });
    const waiting = async (count: number) => {
      fill();
      const all = Array.from({ length: count }, (_, place) => ask(`network ${place}`));
      await endAll();
      return (await Promise.all(all)).filter((one) => one !== null).length;
    };
    // Nothing has taken any time yet beside the first guess; afterwards all took 500 ms.
    expect(await waiting(1_000)).toBeGreaterThan(2 * LEAST_WAITING);
    for (let time = 0; time < 60; time++) {
      const slow = line.run(from("slow"), () => new Promise((resolve) => setTimeout(resolve, 500)));
      await vi.advanceTimersByTimeAsync(500);
      await slow;
    }
    expect(await waiting(1_000)).toBe(LEAST_WAITING);
  });

  it("drops who has gone, and never begins for them", async () => {
    const { begun, ask, fill, endAll } = trial();
    fill();
    const connection = new EventEmitter();
    const gone = ask("net", "gone", connection);
    const after = ask("net", "after");
    connection.emit("close");
    expect(await gone).toBeNull();
    await endAll();
    expect(await after).toBe("after");
    expect(begun).not.toContain("gone");
    expect(connection.listenerCount("close")).toBe(0);
  });

  it("counts its patience from arrival, not from when somebody joins it", async () => {
    const { line, begun, fill, endAll } = trial();
    fill();
    const early = from("net");
    await vi.advanceTimersByTimeAsync(LIMITS.patienceMs - 100);
    let answer: unknown = "none";
    void line
      .run(early, async () => begun.push("early"))
      .then((given) => {
        answer = given;
      });
    await vi.advanceTimersByTimeAsync(90);
    expect(answer).toBe("none");
    await vi.advanceTimersByTimeAsync(20);
    expect(answer).toBeNull();
    expect(await line.run(early, async () => "begun")).toBeNull();
    await endAll();
    expect(begun).not.toContain("early");
  });

  it("keeps to each what it depends on, also to those that waited", async () => {
    const { line, fill, settle, endAll } = trial();
    fill();
    const read = (name: string) => cache.remember(`inner:${name}`, async (scope) => scope.dependsOn([name]));
    const document = (name: string) =>
      cache.remember(`outer:${name}`, () => line.run(from(name), () => read(name)));
    const waited = Promise.all([document("one"), document("two")]);
    await settle();
    await endAll();
    await waited;
    const again = vi.fn(async () => "again");
    cache.invalidate("one");
    await cache.remember("outer:one", again);
    await cache.remember("outer:two", again);
    expect(again).toHaveBeenCalledTimes(1);
  });

  it("fails as the work fails, and goes on", async () => {
    const { line, ask, endAll } = trial({ ...LIMITS, atOnce: 1 });
    await expect(line.run(from("net"), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const next = ask("net");
    await endAll();
    expect(await next).toBe("net");
  });
});
