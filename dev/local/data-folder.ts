import { randomBytes } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StartError } from "@/bin/launch/start-error";
import { PROJECT } from "@/lib/project-folder";
import { clusterPlace } from "./cluster-place";

/** Everything that the local services keep. */
export type DataFolder = {
  path: string;
  /** The folder of the PostgreSQL cluster; elsewhere when root's folders hide it from PostgreSQL. */
  cluster: string;
  password: string;
  /** The deployment's key, base64. */
  encryptionKey: string;
};

/**
 * Decrypts the folder of the local services, and makes it and its secrets at the first start.
 * @throws StartError when it cannot be written, or a secret is gone whose data are still there
 */
export async function openDataFolder(
  path = process.env.DATA_DIR || join(PROJECT, ".data"),
): Promise<DataFolder> {
  const folder = resolve(path);
  await makeWritable(folder);
  const cluster = join(await clusterPlace(folder), "postgres");
  const fresh = !existsSync(cluster);
  if (!fresh) await checkOwner(cluster);
  return {
    path: folder,
    cluster,
    password: await secret(join(folder, "database-password"), "hex", fresh),
    encryptionKey: await secret(join(folder, "encryption-key"), "base64", fresh),
  };
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new StartError(
      `We can’t write to the data folder ${folder}. Set DATA_DIR to a folder of your own.`,
    );
  }
}

async function checkOwner(cluster: string): Promise<void> {
  const readable = await access(cluster, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (readable) return;
  throw new StartError(
    `The database in ${cluster} belongs to another user. Start as that user, or set DATA_DIR.`,
  );
}

async function secret(path: string, encoding: "hex" | "base64", mayMake: boolean): Promise<string> {
  const kept = await readFile(path, "utf8").catch(() => "");
  if (kept.trim() !== "") return kept.trim();
  if (!mayMake) {
    throw new StartError(
      `${path} is missing, but its database is there. Restore the file, or remove the whole folder.`,
    );
  }
  return makeSecret(path, randomBytes(32).toString(encoding));
}

/** Appears whole or not at all; of two that start at once the first one's secret holds. */
async function makeSecret(path: string, text: string): Promise<string> {
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, `${text}\n`, { mode: 0o600 });
  await link(aside, path).catch(() => undefined);
  await rm(aside);
  return (await readFile(path, "utf8")).trim();
}
