import { defineConfig } from "prisma/config";

// The CLI would fetch a schema engine that `generate` never runs; any existing file satisfies it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations", seed: "node dist/dev/seed.js" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
