import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { deploymentKeyId } from "@/lib/encryption/keys";
import { errorCode } from "@/lib/errors";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";
import { closingLine, FORMAT, type Manifest, ROWS_IN_LINE, rowsLine } from "@/lib/ops/backup/archive";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { migrationsOf, QUEUE, tableNamed, tablesInOrder } from "@/lib/ops/backup/tables";

/** The jobs that are not done; those that somebody was at will be tried again. */
const WAITING_JOBS = `SELECT (to_jsonb(j) || CASE WHEN j.state = 'active'
    THEN '{"state": "retry", "started_on": null, "heartbeat_on": null}'::jsonb ELSE '{}'::jsonb END)::text AS row
  FROM ${QUEUE_SCHEMA}.job j WHERE j.state <= 'active' AND j.name NOT LIKE '\\_\\_%'`;

/**
 * Writes one consistent picture of a database, and the jobs that wait in it, into one file that only its owner may read.
 * It gets its name when it is whole and on the disk. What identifies a person stays encrypted; the key is not in it.
 * @throws BackupError `exists` where the file is there already, `unprepared` for a database that is not ours
 */
export async function makeBackup(
  databaseUrl: string,
  path: string,
  version: string,
  now: Date,
): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  const aside = `${path}.partial`;
  await client.connect();
  await rm(aside, { force: true });
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const migrations = await migrationsOf(client);
    if (!migrations) throw new BackupError("unprepared");
    const first: Manifest = {
      format: FORMAT,
      version,
      keyId: deploymentKeyId(),
      takenAt: now.toISOString(),
      migrations,
    };
    const rows: Record<string, number> = {};
    const file = createWriteStream(aside, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(linesOf(client, first, rows), createGzip(), file);
    await link(aside, path).catch(refuseTaken);
    return rows;
  } finally {
    await client.end();
    await rm(aside, { force: true });
  }
}

/** The lines of an archive, of a table at a time. @param counts gets how many rows each table has */
async function* linesOf(client: pg.Client, first: Manifest, counts: Record<string, number>) {
  const hash = createHash("sha256");
  const hashed = (line: string) => {
    hash.update(`${line}\n`);
    return `${line}\n`;
  };
  yield hashed(JSON.stringify(first));
  for (const name of [...(await tablesInOrder(client)), QUEUE]) {
    const all = name === QUEUE ? WAITING_JOBS : `SELECT to_jsonb(t)::text AS row FROM ${tableNamed(name)} t`;
    await client.query(`DECLARE part NO SCROLL CURSOR FOR ${all}`);
    counts[name] = 0;
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS_IN_LINE} FROM part`);
      if (rows.length === 0) break;
      counts[name] += rows.length;
      yield hashed(
        rowsLine(
          name,
          rows.map(({ row }) => row),
        ),
      );
    }
    await client.query("CLOSE part");
  }
  yield `${closingLine(counts, hash.digest("base64url"))}\n`;
}

function refuseTaken(error: unknown): never {
  throw errorCode(error) === "EEXIST" ? new BackupError("exists") : error;
}
