import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { deploymentKeyId } from "@/lib/encryption/keys";
import { BackupError } from "@/lib/ops/backup/backup-error";
import {
  CLOSING,
  type Closing,
  closing,
  FORMAT,
  isOurs,
  MANIFEST,
  type Manifest,
  manifest,
  readJson,
} from "@/lib/ops/backup/manifest";

// Chunks are far smaller; a file that claims more is no archive of ours.
const LARGEST = 64 * 1024 * 1024;

export type ArchiveFile = { name: string; bytes: Buffer };

/** The files of an archive, one after the other. @throws BackupError `damaged` */
export async function* readArchive(path: string): AsyncGenerator<ArchiveFile> {
  const tar = extract();
  const read = pipeline(createReadStream(path), createGunzip(), tar);
  read.catch(() => undefined);
  try {
    for await (const entry of tar) {
      if ((entry.header.size ?? 0) > LARGEST) throw new BackupError("damaged");
      const parts: Buffer[] = [];
      for await (const part of entry as AsyncIterable<Buffer>) parts.push(part);
      yield { name: entry.header.name, bytes: Buffer.concat(parts) };
    }
    await read;
  } catch (error) {
    throw asDamage(error);
  }
}

/** A file that cannot be opened is the caller's business; one that makes no sense is damaged. */
function asDamage(error: unknown): unknown {
  const { syscall } = error as NodeJS.ErrnoException;
  return error instanceof BackupError || syscall ? error : new BackupError("damaged");
}

/**
 * Reads a whole archive and checks it, without touching any database.
 * @throws BackupError `damaged`, `other-format`, `other-key`
 */
export async function checkArchive(path: string): Promise<{ manifest: Manifest; closing: Closing }> {
  const kept = new Map<string, Buffer>();
  const hashes: Record<string, string> = {};
  for await (const { name, bytes } of readArchive(path)) {
    if (name in hashes || kept.has(CLOSING)) throw new BackupError("damaged");
    if (name === MANIFEST || name === CLOSING) kept.set(name, bytes);
    if (name !== CLOSING) hashes[name] = createHash("sha256").update(bytes).digest("base64url");
  }
  checkFormat(kept.get(MANIFEST));
  const first = readJson(manifest, kept.get(MANIFEST));
  if (first.keyId !== deploymentKeyId()) throw new BackupError("other-key");
  const last = readJson(closing, kept.get(CLOSING));
  if (!isOurs(last) || !sameHashes(last.files, hashes)) throw new BackupError("damaged");
  return { manifest: first, closing: last };
}

/** Another form may have another manifest: its number is all that is looked at. */
function checkFormat(bytes: Buffer | undefined): void {
  const { format } = readJson(manifest.pick({ format: true }).loose(), bytes);
  if (format !== FORMAT) throw new BackupError("other-format");
}

function sameHashes(said: Record<string, string>, found: Record<string, string>): boolean {
  const names = Object.keys(said);
  return names.length === Object.keys(found).length && names.every((name) => said[name] === found[name]);
}
