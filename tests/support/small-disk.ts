import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareDatabase } from "@/bin/launch/database";
import { loadSampleIfEmpty } from "@/dev/local/prepare";
import { PROJECT } from "@/lib/project-folder";
import { TEST_ENVIRONMENT } from "./environment";

/** A database, migrated and with the sample letter, on a disk of its own that can be filled up. */
export type SmallDisk = {
  url: string;
  /** Leaves not a byte. */
  fill(): Promise<void>;
  /** Gives back what `fill` took. */
  free(): Promise<void>;
  stop(): Promise<void>;
};

const MOUNT = `mount -t tmpfs -o size=220m,mode=0711 tmpfs "$0" && exec "$@"`;

/** Whether this machine lets us have a small disk: it takes root, and a kernel that shares no mounts. */
export function canHaveSmallDisk(): boolean {
  const tried = spawnSync("unshare", ["-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]);
  return process.getuid?.() === 0 && tried.status === 0;
}

/** Starts PostgreSQL on a file system of 220 MB in memory, which nobody else sees. */
export async function startOnSmallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-disk-"));
  await chmod(folder, 0o711);
  const program = [process.execPath, "--import", "tsx", "tests/support/small-disk-postgres.ts", folder];
  const child = spawn("unshare", ["-m", "sh", "-c", MOUNT, folder, ...program], {
    cwd: PROJECT,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (line) => resolve(JSON.parse(String(line)).url));
    child.once("exit", (code) => reject(new Error(`PostgreSQL on a small disk ended with ${code}`)));
  });
  await prepareDatabase(url);
  await loadSampleIfEmpty({ ...TEST_ENVIRONMENT, DATABASE_URL: url });
  // The disk as the processes in there see it.
  const filler = `/proc/${child.pid}/root${folder}/filler`;
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, fill: () => fillUp(filler), free: () => rm(filler, { force: true }), stop };
}

async function fillUp(path: string): Promise<void> {
  const file = await open(path, "a");
  for (let bytes = 1024 * 1024; bytes >= 512; ) {
    const block = Buffer.alloc(bytes);
    const written = await file.write(block).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOSPC") throw error;
      return null;
    });
    if (!written) bytes /= 2;
  }
  await file.close();
}
