import { randomBytes } from "node:crypto";
import pg from "pg";

/** Where the test run's PostgreSQL listens: the address of its database `postgres`. */
export type TestPostgres = { url: string };

/** A migrated database without rows. */
export const TEMPLATE = "template_migrated";
/** The same with the sample letter; made for browser tests only. */
export const SEEDED_TEMPLATE = "template_seeded";
/** A database that no migration has touched. */
export const EMPTY_TEMPLATE = "template0";

export type OwnDatabase = {
  name: string;
  url: string;
  drop(): Promise<void>;
  /** Puts a new one in its place, whoever is connected. */
  renew(template: string): Promise<void>;
};

/** The same server's address of another database. */
export function databaseUrl(server: TestPostgres, database: string): string {
  const url = new URL(server.url);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement on a database and returns its rows. */
export async function runSql<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own, copied from one of the templates. */
export async function createDatabase(server: TestPostgres, template = TEMPLATE): Promise<OwnDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const create = (from: string) =>
    runSql(server.url, `CREATE DATABASE ${name} TEMPLATE ${from} STRATEGY file_copy`);
  const drop = () => runSql(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).then(() => undefined);
  const renew = async (from: string) => {
    await drop();
    await create(from);
  };
  await create(template);
  return { name, url: databaseUrl(server, name), drop, renew };
}

/** Every row of every table as text, the queue's and the sign-in's included. */
export async function dumpDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
      parts.push(`-- ${name}`, ...rows.map(({ row }) => row));
    }
    return parts.join("\n");
  } finally {
    await client.end();
  }
}
