import pg from "pg";
import { noteRestore } from "@/lib/audit/head-notes";
import { auditInsert } from "@/lib/audit/write-audit";
import { migrate } from "@/lib/db/migrate";
import { migrationNames } from "@/lib/db/migrations-folder";
import { prepareQueue } from "@/lib/jobs/prepare-queue";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";
import { checkArchive, type Manifest, readLines, readRows } from "@/lib/ops/backup/archive";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { migrationsOf, QUEUE, tableNamed, tablesInOrder } from "@/lib/ops/backup/tables";
import { fillForms } from "@/lib/signatories/fill-forms";

/**
 * Restores an archive into an empty database: all of it or nothing but empty tables. One of an older version is loaded
 * as that version had it, and then migrated.
 * @throws BackupError `damaged`, `other-format`, `other-key`, `newer`, `not-empty`, `unknown-jobs`
 */
export async function restoreBackup(databaseUrl: string, path: string, now: Date): Promise<Manifest> {
  const { manifest, rows } = await checkArchive(path);
  const known = await migrationNames();
  if (manifest.migrations.some((name) => !known.includes(name))) throw new BackupError("newer");
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await demandEmpty(client, manifest);
    await migrate(databaseUrl, manifest.migrations);
    await prepareQueue(databaseUrl, earlierQueues(manifest));
    await client.query("BEGIN");
    await demandEmpty(client, manifest);
    await load(client, path, rows);
    await client.query("COMMIT");
    await migrate(databaseUrl);
    await fillForms(client, "missing");
    await audit(client, manifest, now);
    await noteRestore(now);
    await client.query("ANALYZE");
    return manifest;
  } finally {
    await client.end();
  }
}

/** Loads all rows: as many as there were, or none. Of the queue only jobs that this version can do come in. */
async function load(client: pg.Client, path: string, counts: Record<string, number>): Promise<void> {
  const loaded: Record<string, number> = {};
  for await (const line of readLines(path)) {
    const read = readRows(line);
    if (read) loaded[read.table] = (loaded[read.table] ?? 0) + (await insert(client, read));
  }
  for (const [name, count] of Object.entries(counts))
    if ((loaded[name] ?? 0) !== count) throw new BackupError(name === QUEUE ? "unknown-jobs" : "damaged");
}

/** The queue may have been another version's: of its columns those are filled that both know. @returns how many rows */
async function insert(client: pg.Client, { table: name, rows }: { table: string; rows: string }) {
  const table = tableNamed(name);
  const { rows: known } = await client.query<{ column: string }>(
    `SELECT quote_ident(attname) AS column FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
       AND attname IN (SELECT jsonb_object_keys($2::jsonb -> 0))`,
    [table, rows],
  );
  const columns = known.map(({ column }) => column).join(", ");
  const { rowCount } = await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) r
     ${name === QUEUE ? `WHERE r.name IN (SELECT name FROM ${QUEUE_SCHEMA}.queue)` : ""}`,
    [rows],
  );
  return rowCount ?? 0;
}

/** Mails were jobs before there was an outbox; its migration moves them there. */
const earlierQueues = ({ migrations }: Manifest) =>
  migrations.some((name) => name.endsWith("_outbox")) ? [] : ["mail"];

/** Empty: without tables, or with nothing in ours, which are no newer than the archive's. */
async function demandEmpty(client: pg.Client, { migrations }: Manifest): Promise<void> {
  const applied = (await migrationsOf(client)) ?? [];
  const newer = applied.some((name) => !migrations.includes(name));
  if (newer || (await holdsRows(client))) throw new BackupError("not-empty");
}

async function holdsRows(client: pg.Client): Promise<boolean> {
  const tables = (await tablesInOrder(client)).map(tableNamed);
  const { rows: found } = await client.query("SELECT to_regclass($1) AS jobs", [tableNamed(QUEUE)]);
  if (found[0]?.jobs) tables.push(tableNamed(QUEUE));
  for (const table of tables) {
    const { rows } = await client.query(`SELECT EXISTS (SELECT FROM ${table}) AS found`);
    if (rows[0]?.found) return true;
  }
  return false;
}

async function audit(client: pg.Client, { takenAt, version }: Manifest, now: Date): Promise<void> {
  const details = { takenAt, version };
  const { text, values } = auditInsert({ at: now, actor: "SYSTEM", action: "backup.restore", details });
  await client.query(text, values);
}
