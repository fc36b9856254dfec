import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { createDatabase } from "./database";

// Before any module of the app reads the configuration.
const database = await createDatabase(inject("postgres"));
process.env.DATABASE_URL = database.url;
const folder = join(String(process.env.STATE_DIR), new URL(database.url).pathname);
process.env.STATE_DIR = folder;

type Client = { $disconnect(): Promise<void> };
const slot = Symbol.for("undersigned.db");

afterAll(async () => {
  const app = globalThis as { [slot]?: Client };
  await app[slot]?.$disconnect();
  delete app[slot];
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
