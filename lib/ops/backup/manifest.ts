import { z } from "zod";
import { keyedHash } from "@/lib/encryption/hash";
import { BackupError } from "@/lib/ops/backup/backup-error";

/** The form of the archive; another form has another number. */
export const FORMAT = 1;

const name = z.string().regex(/^[a-z_]{1,63}$/);
const table = z.strictObject({ name, columns: z.array(name) });

/** The first file of an archive: what it holds, and what is needed to restore it. */
export const manifest = z.strictObject({
  format: z.number(),
  /** The program's version. */
  version: z.string(),
  /** The short name of the deployment's key, which is not in the archive. */
  keyId: z.string(),
  /** When the snapshot was taken. */
  takenAt: z.iso.datetime(),
  /** The migrations that the database had, in order. */
  migrations: z.array(z.string()),
  /** In an order in which no row comes before one that it refers to. */
  tables: z.array(table),
});
export type Manifest = z.infer<typeof manifest>;
export type Table = z.infer<typeof table>;

/** The last file: without it, and unless it fits all others, the archive is damaged. */
export const closing = z.strictObject({
  /** SHA-256 of every file, by name. */
  files: z.record(z.string(), z.string()),
  /** How many rows each table has, and the queue under `queue`. */
  rows: z.record(z.string(), z.number()),
  /** Keyed hash over all of this. */
  mark: z.string(),
});
export type Closing = z.infer<typeof closing>;

export const MANIFEST = "manifest.json";
export const CLOSING = "closing.json";
export const QUEUE = "queue";

/** Closes an archive, so that nobody without the deployment's key can change it unnoticed. */
export function closeWith(files: Record<string, string>, rows: Record<string, number>): Closing {
  return { files, rows, mark: keyedHash("backup", JSON.stringify([files, rows])) };
}

/** Whether a closing was made by this deployment. */
export function isOurs({ files, rows, mark }: Closing): boolean {
  return closeWith(files, rows).mark === mark;
}

/** Reads one of the two files. @throws BackupError `damaged` */
export function readJson<T>(schema: z.ZodType<T>, bytes: Uint8Array | undefined): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes ?? []).toString("utf8")));
  } catch {
    throw new BackupError("damaged");
  }
}
