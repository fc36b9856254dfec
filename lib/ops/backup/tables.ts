import type pg from "pg";
import type { Table } from "@/lib/ops/backup/manifest";

/**
 * Not in a backup: Prisma's history is in the manifest; what sessions, sign-in links and limits said about a moment has
 * no meaning in another.
 */
const LEFT_OUT = ["_prisma_migrations", "admin_session", "admin_link", "rate_limit"];

/** Our tables with their columns, each after those that it refers to. */
export async function tablesInOrder(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`,
  );
  const kept = tables.filter(({ name }) => !LEFT_OUT.includes(name));
  return inOrder(kept, (name) => references.filter(({ from }) => from === name).map(({ to }) => to));
}

function inOrder(tables: Table[], referredBy: (name: string) => string[]): Table[] {
  const ordered: Table[] = [];
  let left = tables;
  while (left.length > 0) {
    const waits = new Set(left.map(({ name }) => name));
    const next = left.filter(({ name }) => !referredBy(name).some((other) => waits.has(other)));
    if (next.length === 0) throw new Error("tables refer to each other in a circle");
    ordered.push(...next);
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
}

/** A table's columns as COPY and INSERT take them. */
export function columnList(columns: string[]): string {
  return `(${columns.map((column) => `"${column}"`).join(", ")})`;
}

/** The migrations that a database has, in the order in which they were applied; null where it knows of none. */
export async function migrationsOf(client: pg.ClientBase): Promise<string[] | null> {
  const { rows: found } = await client.query("SELECT to_regclass('public._prisma_migrations') AS history");
  if (!found[0]?.history) return null;
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
  );
  return rows.map(({ name }) => name);
}
