import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { createDatabase } from "./database";

// Before any module of the app reads the configuration.
const database = await createDatabase(inject("postgres"));
process.env.DATABASE_URL = database.url;
const folder = join(String(process.env.STATE_DIR), new URL(database.url).pathname);
process.env.STATE_DIR = folder;

// A file signs more often than a site in ten minutes; the limit of all letters has a test of its own.
const { LIMITS, PROOF_OF_WORK } = await import("@/lib/abuse/limits/limits");
LIMITS.signings.points = 1_000_000;
// What the work is worth is a question of browsers.
Object.assign(PROOF_OF_WORK, { guesses: { least: 2, most: 6 } });

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
