import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PROJECT } from "@/lib/project-folder";

export const MIGRATIONS_FOLDER = join(PROJECT, "prisma/migrations");
export const SCHEMA_FILE = join(PROJECT, "prisma/schema.prisma");
export const LAST_SCHEMA_FILE = join(PROJECT, "prisma/last-schema.prisma");

/** The names of the migrations in a folder, in the order in which they are applied. */
export async function migrationNames(folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * The folder as Prisma's engine wants it told, all of it or only some migrations. Throws when a migration has no
 * `migration.sql`.
 */
export async function readMigrations(only?: string[]): Promise<MigrationList> {
  const folder = MIGRATIONS_FOLDER;
  const names = (await migrationNames(folder)).filter((name) => only?.includes(name) ?? true);
  const lock = await readFile(join(folder, "migration_lock.toml"), "utf8").catch(() => null);
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: lock },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(names.map((name) => readMigration(folder, name))),
  };
}

async function readMigration(folder: string, name: string) {
  const value = await readFile(join(folder, name, "migration.sql"), "utf8");
  return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
}
