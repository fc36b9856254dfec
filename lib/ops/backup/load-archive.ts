import type pg from "pg";
import { type CopyStreamQuery, from as copyFrom } from "pg-copy-streams";
import { QUEUE_SCHEMA } from "@/lib/jobs/queue";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { type Closing, type Manifest, QUEUE } from "@/lib/ops/backup/manifest";
import { readArchive } from "@/lib/ops/backup/read-archive";
import { columnList } from "@/lib/ops/backup/tables";

/**
 * Loads a checked archive in the transaction of the caller, whose database has the archive's tables.
 * @throws BackupError `damaged` where fewer or more rows come in than went out; `unknown-jobs` where there is no queue
 * for some of its jobs
 */
export async function loadArchive(
  client: pg.Client,
  path: string,
  { tables }: Manifest,
  { rows }: Closing,
): Promise<void> {
  await client.query("CREATE TEMP TABLE restored_job (job jsonb NOT NULL) ON COMMIT DROP");
  const targets = new Map<string, string>();
  for (const { name, columns } of tables) targets.set(name, `public."${name}" ${columnList(columns)}`);
  targets.set(QUEUE, "restored_job (job)");
  const loaded = await copyIn(client, path, targets);
  for (const name of targets.keys())
    if ((loaded.get(name) ?? 0) !== (rows[name] ?? 0)) throw new BackupError("damaged");
  if ((await queueJobs(client)) !== (rows[QUEUE] ?? 0)) throw new BackupError("unknown-jobs");
}

/** The files of one table follow each other: they are one copy. */
async function copyIn(
  client: pg.Client,
  path: string,
  targets: Map<string, string>,
): Promise<Map<string, number>> {
  const loaded = new Map<string, number>();
  let current: { name: string; stream: CopyStreamQuery } | undefined;
  const end = async () => {
    if (!current) return;
    await finish(current.stream);
    loaded.set(current.name, current.stream.rowCount);
  };
  for await (const file of readArchive(path)) {
    const name = tableOf(file.name);
    const target = name && targets.get(name);
    if (!name || !target) continue;
    if (current?.name !== name) {
      await end();
      current = { name, stream: client.query(copyFrom(`COPY ${target} FROM STDIN`)) };
      // Whoever writes next, or ends it, is told; meanwhile an error must not end the process.
      current.stream.on("error", () => undefined);
    }
    await write(current.stream, file.bytes);
  }
  await end();
  return loaded;
}

/** `signature` for `tables/signature/000001`, `queue` for `queue/000001`. */
function tableOf(file: string): string | undefined {
  return /^(?:tables\/([a-z_]+)|(queue))\/\d{6}$/.exec(file)?.slice(1).find(Boolean);
}

const write = (stream: CopyStreamQuery, bytes: Buffer) =>
  new Promise<void>((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve())));

const finish = (stream: CopyStreamQuery) =>
  new Promise<void>((resolve, reject) => {
    stream.once("error", reject).once("finish", resolve);
    stream.end();
  });

/** The queue may have been another version's: of its columns those are filled that both know. @returns how many jobs */
async function queueJobs(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ column: string }>(
    `SELECT a.attname AS column FROM pg_attribute a
     WHERE a.attrelid = '${QUEUE_SCHEMA}.job'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND a.attname IN (SELECT DISTINCT jsonb_object_keys(job) FROM restored_job)`,
  );
  if (rows.length === 0) return 0;
  const names = rows.map(({ column }) => column);
  const { rowCount } = await client.query(
    `INSERT INTO ${QUEUE_SCHEMA}.job ${columnList(names)}
     SELECT ${names.map((name) => `r."${name}"`).join(", ")}
     FROM restored_job, jsonb_populate_record(NULL::${QUEUE_SCHEMA}.job, job) r
     WHERE r.name IN (SELECT name FROM ${QUEUE_SCHEMA}.queue)`,
  );
  return rowCount ?? 0;
}
