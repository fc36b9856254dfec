import pg from "pg";
import { noteRestore } from "@/lib/audit/head-notes";
import { auditInsert } from "@/lib/audit/write-audit";
import { migrate } from "@/lib/db/migrate";
import { migrationNames } from "@/lib/db/migrations-folder";
import { prepareQueue } from "@/lib/jobs/prepare-queue";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { loadArchive } from "@/lib/ops/backup/load-archive";
import type { Manifest } from "@/lib/ops/backup/manifest";
import { checkArchive } from "@/lib/ops/backup/read-archive";
import { migrationsOf, tablesInOrder } from "@/lib/ops/backup/tables";
import { fillForms } from "@/lib/signatories/fill-forms";

/**
 * Restores an archive into an empty database: all of it or nothing but empty tables. One of an older version is loaded
 * as that version had it, and then migrated.
 * @returns what was restored
 * @throws BackupError `damaged`, `other-format`, `other-key`, `newer`, `not-empty`, `unknown-jobs`
 */
export async function restoreBackup(databaseUrl: string, path: string, now: Date): Promise<Manifest> {
  const { manifest, closing } = await checkArchive(path);
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
    await loadArchive(client, path, manifest, closing);
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
  const tables = (await tablesInOrder(client)).map(({ name }) => `public."${name}"`);
  const { rows: found } = await client.query("SELECT to_regclass($1) AS jobs", [`${QUEUE_SCHEMA}.job`]);
  if (found[0]?.jobs) tables.push(`${QUEUE_SCHEMA}.job`);
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
