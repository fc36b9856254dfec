import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, inject, vi } from "vitest";
import { createDatabase } from "./database";
import { TEST_ENVIRONMENT } from "./environment";

/** What the program keeps for a whole process, which here outlives a file. */
const kept = globalThis as { [slot: symbol]: unknown };
const ours = () =>
  Object.getOwnPropertySymbols(kept).filter((slot) => slot.description?.startsWith("undersigned."));

/** The environment before the first file of this process. */
const first = Symbol.for("tests.environment");
kept[first] ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in (kept[first] as object))) delete process.env[name];
Object.assign(process.env, kept[first], TEST_ENVIRONMENT);
vi.resetModules();

// Before any module of the app reads the configuration.
const database = await createDatabase(inject("postgres"));
process.env.DATABASE_URL = database.url;
const folder = join(TEST_ENVIRONMENT.STATE_DIR, new URL(database.url).pathname);
process.env.STATE_DIR = folder;

// A file signs more often than a site in ten minutes; what all letters together may have is a test of its own.
const { LIMITS } = await import("@/lib/rate-limit/limits");
LIMITS.signings.points = 1_000_000;

type Closing = { $disconnect?(): Promise<void>; end?(): Promise<void> };

afterAll(async () => {
  for (const slot of ours()) {
    const { $disconnect, end } = kept[slot] as Closing;
    await $disconnect?.call(kept[slot]);
    await end?.call(kept[slot]);
    delete kept[slot];
  }
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
