import { describe, expect, it, vi } from "vitest";
import { BOUNDS } from "@/lib/cache/bounds";
import { TaggedCache } from "@/lib/cache/tagged-cache";

function trusted(): TaggedCache {
  const cache = new TaggedCache();
  cache.trust(true);
  return cache;
}

function counter(tags: string[] = ["letter:a"]) {
  let made = 0;
  const load = async (scope: { dependsOn(tags: string[]): void }) => {
    scope.dependsOn(tags);
    made += 1;
    return made;
  };
  return load;
}

describe("the cache", () => {
  it("makes a value once until its tag is invalidated", async () => {
    const cache = trusted();
    const load = counter();
    expect([await cache.remember("k", load), await cache.remember("k", load)]).toEqual([1, 1]);
    cache.invalidate("letter:b");
    expect(await cache.remember("k", load)).toBe(1);
    cache.invalidate("letter:a");
    expect(await cache.remember("k", load)).toBe(2);
  });

  it("lets concurrent callers share one making", async () => {
    const cache = trusted();
    const load = counter();
    expect(await Promise.all([1, 2, 3].map(() => cache.remember("k", load)))).toEqual([1, 1, 1]);
  });

  it("keeps nothing whose making had begun before an invalidation, and hands it to nobody who came after", async () => {
    const cache = trusted();
    const gate = Promise.withResolvers<void>();
    const slow = cache.remember("k", async (scope) => {
      scope.dependsOn(["letter:a"]);
      await gate.promise;
      return "old";
    });
    cache.invalidate("letter:a");
    const later = cache.remember("k", async () => "new");
    gate.resolve();
    expect([await slow, await later]).toEqual(["old", "new"]);
    expect(await cache.remember("k", async () => "newer")).toBe("new");
  });

  it("makes an outer value depend on all that inner values depend on, kept ones too", async () => {
    const cache = trusted();
    const inner = counter(["letter:inner"]);
    await cache.remember("inner", inner);
    const outer = async () => `page of ${await cache.remember("inner", inner)}`;
    expect(await cache.remember("outer", outer)).toBe("page of 1");
    cache.invalidate("letter:inner");
    expect(await cache.remember("outer", outer)).toBe("page of 2");
  });

  it("keeps nothing past its time, nor past the time of anything inside", async () => {
    const cache = trusted();
    let made = 0;
    const outer = () =>
      cache.remember("outer", async () => {
        made += 1;
        await cache.remember("inner", async (scope) => scope.until(Date.now() + 30));
        return made;
      });
    expect([await outer(), await outer()]).toEqual([1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await outer()).toBe(2);
  });

  it("does not keep what is not to be stored, nor failures", async () => {
    const cache = trusted();
    const load = async (scope: { storable: boolean }) => {
      scope.storable = false;
      return Symbol("fresh");
    };
    expect(await cache.remember("k", load)).not.toBe(await cache.remember("k", load));
    await expect(cache.remember("f", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await cache.remember("f", async () => "up")).toBe("up");
  });

  it("serves what is kept while nobody would tell of changes, and makes it anew behind the readers' backs", async () => {
    const cache = new TaggedCache();
    let now = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    const read = (load: () => Promise<string>) => cache.remember("k", load);
    expect(await read(async () => "old")).toBe("old");
    now += 6_000;
    const down = () => Promise.reject(new Error("down"));
    expect(await Promise.all([read(down), read(down)])).toEqual(["old", "old"]);
    now += 6_000;
    expect(await read(async () => "new")).toBe("old");
    await vi.waitFor(async () => expect(await read(async () => "newer")).toBe("new"));
    vi.restoreAllMocks();
  });

  it("makes nothing of what is old while nobody would tell of changes", async () => {
    const cache = new TaggedCache();
    let now = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    let name = "old";
    const page = () =>
      cache.remember("page", async () => `page of ${await cache.remember("k", async () => name)}`);
    expect(await page()).toBe("page of old");
    now += 6_000;
    name = "new";
    // Who reads the part alone has it made anew; where that fails, it is as old as before.
    expect(await cache.remember("k", () => Promise.reject(new Error("down")))).toBe("old");
    await new Promise((resolve) => setImmediate(resolve));
    expect(await page()).toBe("page of old");
    await vi.waitFor(async () => expect(await page()).toBe("page of new"));
    vi.restoreAllMocks();
  });

  it("bounds its memory by what visitors write into addresses, too", async () => {
    const cache = trusted();
    const key = (place: number) => `${place}:${"x".repeat(1_000_000)}`;
    for (let place = 0; place < 80; place++) await cache.remember(key(place), async () => place);
    expect(await cache.remember(key(79), async () => "made again")).toBe(79);
    expect(await cache.remember(key(0), async () => "made again")).toBe("made again");
  });

  it("counts all the memory that a value keeps, and holds no more of it than it may", async () => {
    const cache = trusted();
    const pool = Buffer.alloc(1024 * 1024);
    await cache.remember("part of a pool", async () => ({ encodings: { br: pool.subarray(0, 10) } }));
    expect(cache.bytes).toBeGreaterThan(pool.length);
    const most = BOUNDS["lib/cache/tagged-cache.ts #entries"].bytes;
    for (let place = 0; place < 2 * (most / pool.length); place++)
      await cache.remember(String(place), async () => Buffer.alloc(pool.length));
    expect(cache.bytes).toBeLessThanOrEqual(most);
    expect(cache.bytes).toBeGreaterThan(most / 2);
  });

  it("remembers no end of changes, and keeps nothing that one of them has made old", async () => {
    const cache = trusted();
    const gate = Promise.withResolvers<void>();
    const slow = cache.remember("k", async (scope) => {
      scope.dependsOn(["letter:a"]);
      await gate.promise;
      return "old";
    });
    cache.invalidate("letter:a");
    const most = BOUNDS["lib/cache/tagged-cache.ts #invalidated"].entries;
    for (let other = 0; other <= most; other++) cache.invalidate(`letter:${other}`);
    gate.resolve();
    expect(await slow).toBe("old");
    expect(await cache.remember("k", async () => "new")).toBe("new");
    // Of those that changed long ago no more is known than that something did.
    const begun = cache.remember("l", counter(["letter:a"]));
    expect([await begun, await cache.remember("l", async () => "again")]).toEqual([1, 1]);
  });
});
