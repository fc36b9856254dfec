import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { createDatabase, type OwnDatabase, TEMPLATE } from "./database";

// One name for all files of a worker of Vitest's, so that what is connected to the database of the file before, which is
// gone, connects to this one.
const worker = globalThis as { [slot: symbol]: OwnDatabase | undefined };
const slot = Symbol.for("tests.database");
const kept = worker[slot];
if (kept) await kept.renew(TEMPLATE);
else worker[slot] = await createDatabase(inject("postgres"));

// Before any module of the app reads the configuration.
process.env.DATABASE_URL = worker[slot]?.url;
process.env.STATE_DIR = join(String(process.env.STATE_DIR), "integration");
const folder = process.env.STATE_DIR;

// A file signs more often than a site in ten minutes; the limit of all letters has a test of its own.
const { LIMITS, PROOF_OF_WORK } = await import("@/lib/abuse/limits/limits");
LIMITS.signings.points = 1_000_000;
// What the work is worth is a question of browsers.
Object.assign(PROOF_OF_WORK, { guesses: { least: 2, most: 6 } });
// As a process does that hears that its database may be another one.
const { cache } = await import("@/lib/cache/tagged-cache");
cache.clear();

afterAll(() => rm(folder, { recursive: true, force: true }));
