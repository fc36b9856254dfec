import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { BackupError } from "@/lib/ops/backup/backup-error";

/** A folder for the archives of a test. */
export async function backupFolder(): Promise<{ file(name: string): string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-backup-"));
  return {
    file: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Writes an archive changed in its bytes, before or after they are packed. */
export async function changedArchive(
  from: string,
  to: string,
  change: (bytes: Buffer) => Buffer,
  packed: boolean,
): Promise<string> {
  const bytes = await readFile(from);
  await writeFile(to, packed ? change(bytes) : gzipSync(change(gunzipSync(bytes))));
  return to;
}

/** Why a backup was refused; undefined when it was not. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof BackupError) return error.problem;
    throw error;
  }
}
