import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { deploymentKeyId } from "@/lib/encryption/keys";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { FORMAT, MANIFEST, type Manifest, QUEUE } from "@/lib/ops/backup/manifest";
import { columnList, migrationsOf, tablesInOrder } from "@/lib/ops/backup/tables";
import { type AddFile, writeArchive } from "@/lib/ops/backup/write-archive";

const CHUNK_BYTES = 4 * 1024 * 1024;

/** The jobs that are not done; those that somebody was at will be tried again. */
const WAITING_JOBS = `SELECT to_jsonb(j) || CASE WHEN j.state = 'active'
    THEN '{"state": "retry", "started_on": null, "heartbeat_on": null}'::jsonb ELSE '{}'::jsonb END
  FROM ${QUEUE_SCHEMA}.job j WHERE j.state <= 'active' AND j.name NOT LIKE '\\_\\_%'`;

/**
 * Writes one consistent picture of a database, and the jobs that wait in it, into one file. What identifies a person
 * stays encrypted; the key is not in it. Nothing waits for it meanwhile.
 * @param version the program's
 * @returns the rows by table
 * @throws BackupError `exists` where the file is there already, `unprepared` for a database that is not ours
 */
export async function makeBackup(
  databaseUrl: string,
  path: string,
  version: string,
  now: Date,
): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const first = await describe(client, version, now);
    let rows: Record<string, number> = {};
    await writeArchive(path, async (add) => {
      await add(MANIFEST, Buffer.from(JSON.stringify(first, null, 2)));
      rows = await copyAll(client, first, add);
      return rows;
    });
    return rows;
  } finally {
    await client.end();
  }
}

async function describe(client: pg.Client, version: string, now: Date): Promise<Manifest> {
  const migrations = await migrationsOf(client);
  if (!migrations) throw new BackupError("unprepared");
  const takenAt = now.toISOString();
  const tables = await tablesInOrder(client);
  return { format: FORMAT, version, keyId: deploymentKeyId(), takenAt, migrations, tables };
}

async function copyAll(
  client: pg.Client,
  { tables }: Manifest,
  add: AddFile,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const { name, columns } of tables) {
    rows[name] = await copyOut(client, `"${name}" ${columnList(columns)}`, `tables/${name}`, add);
  }
  rows[QUEUE] = await copyOut(client, `(${WAITING_JOBS})`, QUEUE, add);
  return rows;
}

/** Copies rows out into files of a bounded size. @returns how many rows */
async function copyOut(client: pg.Client, what: string, folder: string, add: AddFile): Promise<number> {
  const stream = client.query(copyTo(`COPY ${what} TO STDOUT`));
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  const flush = async () => {
    number += 1;
    await add(`${folder}/${String(number).padStart(6, "0")}`, Buffer.concat(parts));
    parts = [];
    bytes = 0;
  };
  for await (const part of stream as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= CHUNK_BYTES) await flush();
  }
  if (bytes > 0) await flush();
  return stream.rowCount;
}
