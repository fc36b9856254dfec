import type pg from "pg";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";

/** The name that the queue's jobs have in an archive, among the tables. */
export const QUEUE = "queue";

/**
 * Not in a backup: Prisma's history, which is in the first line; what sessions, sign-in links and limits said about a
 * moment, which has no meaning in another; and files that are made again.
 */
const LEFT_OUT = [
  ...["_prisma_migrations", "admin_session", "admin_link", "rate_limit"],
  ...["export_file", "export_piece", "press_copy"],
];

/** A table as SQL names it. @param name as an archive has it */
export const tableNamed = (name: string) => (name === QUEUE ? `${QUEUE_SCHEMA}.job` : `public."${name}"`);

/** The names of our tables, each after those that it refers to. */
export async function tablesInOrder(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; before: string[] }>(
    `SELECT c.relname AS name, array(
       SELECT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
       WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid <> c.oid) AS before
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`,
  );
  const ordered: string[] = [];
  for (let left = rows.filter(({ name }) => !LEFT_OUT.includes(name)); left.length > 0; ) {
    const next = left.filter(({ before }) => !left.some(({ name }) => before.includes(name)));
    if (next.length === 0) throw new Error("tables refer to each other in a circle");
    ordered.push(...next.map(({ name }) => name));
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
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
