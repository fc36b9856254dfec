import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { CLOSING, closeWith } from "@/lib/ops/backup/manifest";

/** Puts one more file into an archive. */
export type AddFile = (name: string, bytes: Uint8Array) => Promise<void>;

/**
 * Writes an archive (tar, gzip) that only its owner may read. It gets its name when it is whole and on the disk.
 * @param fill adds the files, and says how many rows they hold
 * @throws BackupError `exists` where the name is taken
 */
export async function writeArchive(
  path: string,
  fill: (add: AddFile) => Promise<Record<string, number>>,
): Promise<void> {
  const aside = `${path}.partial`;
  await rm(aside, { force: true });
  try {
    await fillArchive(aside, fill);
    await link(aside, path).catch(refuseTaken);
  } finally {
    await rm(aside, { force: true });
  }
}

async function fillArchive(path: string, fill: (add: AddFile) => Promise<Record<string, number>>) {
  const tar = pack();
  const stopped = new AbortController();
  const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
  const written = pipeline(tar, createGzip(), file, { signal: stopped.signal });
  const failed = written.then(() => new Promise<never>(() => undefined));
  const put: AddFile = (name, bytes) =>
    new Promise((resolve, reject) =>
      tar.entry({ name, mode: 0o600 }, Buffer.from(bytes), (error) => (error ? reject(error) : resolve())),
    );
  const files: Record<string, string> = {};
  const add: AddFile = async (name, bytes) => {
    files[name] = createHash("sha256").update(bytes).digest("base64url");
    await Promise.race([failed, put(name, bytes)]);
  };
  try {
    const rows = await fill(add);
    await Promise.race([failed, put(CLOSING, Buffer.from(JSON.stringify(closeWith(files, rows))))]);
    tar.finalize();
    await written;
  } catch (error) {
    stopped.abort();
    await written.catch(() => undefined);
    throw error;
  }
  await flush(path);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync();
  await handle.close();
}

function refuseTaken(error: NodeJS.ErrnoException): never {
  throw error.code === "EEXIST" ? new BackupError("exists") : error;
}
