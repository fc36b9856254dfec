import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { keyedHash } from "@/lib/encryption/hash";
import { deploymentKeyId } from "@/lib/encryption/keys";
import { BackupError } from "@/lib/ops/backup/backup-error";

/** The form of the archive; another form has another number. */
export const FORMAT = 2;

/** How many rows one line holds. */
export const ROWS_IN_LINE = 200;

// Lines are far smaller; a file that claims more is no archive of ours.
const LONGEST_LINE = 64 * 1024 * 1024;

const first = z.strictObject({
  format: z.literal(FORMAT),
  /** The program's version. */
  version: z.string(),
  /** The short name of the deployment's key, which is not in the archive. */
  keyId: z.string(),
  takenAt: z.iso.datetime(),
  /** The migrations that the database had, in order. */
  migrations: z.array(z.string()),
});

/** An archive's first line. After it come the rows, and one line that closes it. */
export type Manifest = z.infer<typeof first>;

const last = z.strictObject({ rows: z.record(z.string(), z.number()), mark: z.string() });

/** A line of rows. @param rows as PostgreSQL writes JSON: numbers may be larger than JavaScript's */
export const rowsLine = (table: string, rows: string[]) => `{"table":"${table}","rows":[${rows.join(",")}]}`;

/** Reads what `rowsLine` wrote; null for another line. */
export function readRows(line: string): { table: string; rows: string } | null {
  const [, table, rows] = /^\{"table":"([a-z_]+)","rows":(\[.*\])\}$/s.exec(line) ?? [];
  return table && rows ? { table, rows } : null;
}

/** The last line: nobody without the deployment's key can change an archive unnoticed. @param digest of all lines before */
export const closingLine = (rows: Record<string, number>, digest: string) =>
  JSON.stringify({ rows, mark: markOf(rows, digest) });

const markOf = (rows: Record<string, number>, digest: string) =>
  keyedHash("backup", JSON.stringify(rows), digest);

/** The lines of an archive, one after the other. @throws BackupError `damaged` */
export async function* readLines(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  pipeline(createReadStream(path), unpacked).catch(() => undefined);
  let parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unpacked) {
      let rest: Buffer = chunk;
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        yield Buffer.concat([...parts, rest.subarray(0, end)]).toString("utf8");
        [parts, length] = [[], 0];
        rest = rest.subarray(end + 1);
      }
      parts.push(rest);
      length += rest.length;
      if (length > LONGEST_LINE) throw new BackupError("damaged");
    }
  } catch (error) {
    // A file that cannot be opened is the caller's business.
    const isOfSystem = error instanceof Error && "syscall" in error;
    throw error instanceof BackupError || isOfSystem ? error : new BackupError("damaged");
  }
}

/**
 * Reads a whole archive and checks it, without touching any database.
 * @throws BackupError `damaged`, `other-format`, `other-key`
 */
export async function checkArchive(
  path: string,
): Promise<{ manifest: Manifest; rows: Record<string, number> }> {
  const hash = createHash("sha256");
  let [beginning, ending]: (string | undefined)[] = [];
  for await (const line of readLines(path)) {
    if (ending !== undefined) hash.update(`${ending}\n`);
    beginning ??= line;
    ending = line;
  }
  if (isOtherFormat(beginning)) throw new BackupError("other-format");
  const manifest = read(first, beginning);
  if (manifest.keyId !== deploymentKeyId()) throw new BackupError("other-key");
  const { rows, mark } = read(last, ending);
  if (mark !== markOf(rows, hash.digest("base64url"))) throw new BackupError("damaged");
  return { manifest, rows };
}

/** Another form may have another first line: its number is all that is looked at. Form 1 was a tar of files. */
function isOtherFormat(beginning = ""): boolean {
  return beginning.startsWith("manifest.json") || /^\{"format":(?!2\b)\d/.test(beginning);
}

function read<T>(schema: z.ZodType<T>, line = ""): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    throw new BackupError("damaged");
  }
}
