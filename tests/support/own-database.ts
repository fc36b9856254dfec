import { afterAll, inject } from "vitest";
import { createDatabase } from "./database";

// Before any module of the app reads the configuration.
const database = await createDatabase(inject("postgres"));
process.env.DATABASE_URL = database.url;

type Client = { $disconnect(): Promise<void> };
const slot = Symbol.for("undersigned.db");

afterAll(async () => {
  const app = globalThis as { [slot]?: Client };
  await app[slot]?.$disconnect();
  delete app[slot];
  await database.drop();
});
