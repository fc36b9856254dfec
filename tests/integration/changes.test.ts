import { afterEach, describe, expect, it, vi } from "vitest";
import { bySystem } from "@/lib/auth/context";
import { announceChange, letterTag } from "@/lib/cache/changes";
import { listenForChanges } from "@/lib/cache/listen";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { letterPage } from "@/lib/letters/cached";
import { closeLetter } from "@/lib/letters/close-letter";
import { openLetter } from "../support/letters";

let stop: (() => Promise<void>) | undefined;

afterEach(async () => {
  await stop?.();
  stop = undefined;
  cache.trust(false);
});

async function listen(): Promise<void> {
  const trusted = vi.spyOn(cache, "trust");
  stop = listenForChanges(process.env.DATABASE_URL ?? "").stop;
  await expect.poll(() => trusted.mock.calls).toContainEqual([true]);
}

async function kept(key: string): Promise<boolean> {
  const fresh = Symbol(key);
  return (
    (await cache.remember<unknown>(key, async (scope) => {
      scope.storable = false;
      return fresh;
    })) !== fresh
  );
}

const keep = (key: string, tag: string) =>
  cache.remember(key, async (scope) => scope.dependsOn([tag]) ?? key);

describe("a change", () => {
  it("reaches the cache when its transaction commits, and only what carries its tag", async () => {
    await listen();
    await keep("mine", letterTag("a"));
    await keep("other", letterTag("b"));
    await db.$transaction(async (tx) => {
      await announceChange(tx, letterTag("a"));
      await tx.$queryRaw`SELECT 1 FROM pg_sleep(0.1)`;
      expect(await kept("mine")).toBe(true);
    });
    await expect.poll(() => kept("mine")).toBe(false);
    expect(await kept("other")).toBe(true);
  });

  it("that is rolled back reaches nobody", async () => {
    await listen();
    await keep("rolled", letterTag("c"));
    const failing = db.$transaction(async (tx) => {
      await announceChange(tx, letterTag("c"));
      throw new Error("back");
    });
    await expect(failing).rejects.toThrow("back");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await kept("rolled")).toBe(true);
  });

  it("that may have been missed while the line was cut is made up for", async () => {
    await listen();
    await keep("missed", letterTag("d"));
    await db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
    await expect.poll(() => kept("missed")).toBe(false);
  });
});

describe("a letter's page", () => {
  it("costs no query until the letter changes", async () => {
    await listen();
    const { slug } = await openLetter();
    const queries = vi.spyOn(db.letter, "findUnique");
    // The news of its publication may still be on the way.
    const asked = async () => {
      queries.mockClear();
      expect(await letterPage(slug, "en")).toMatchObject({ status: "open" });
      return queries.mock.calls.length;
    };
    await expect.poll(asked).toBe(0);
    queries.mockRestore();
    const now = new Date();
    await closeLetter(bySystem(now), slug);
    await expect.poll(() => letterPage(slug, "en")).toMatchObject({ status: "closed" });
  });

  it("is read afresh at the time at which the letter closes by itself", async () => {
    await listen();
    const closesAt = new Date(Date.now() + 1_500);
    const { slug } = await openLetter({ closesAt });
    expect(await letterPage(slug, "en")).toMatchObject({ status: "open" });
    await new Promise((resolve) => setTimeout(resolve, closesAt.getTime() - Date.now() + 50));
    expect(await letterPage(slug, "en")).toMatchObject({ status: "closed" });
  });
});
