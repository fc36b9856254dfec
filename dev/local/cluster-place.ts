import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { postgresAccount, reaches } from "./postgres-account";
import { SHARED_FOLDER } from "./postgres-programs";

/**
 * The folder that can hold a cluster for a data folder: itself, or one below /var/lib when the account
 * `postgres` cannot reach it (a clone below /root, run by root). The data folder remembers which, so that a
 * new one at the same path begins anew.
 */
export async function clusterPlace(dataFolder: string): Promise<string> {
  if (existsSync(join(dataFolder, "postgres")) || reaches(postgresAccount(), dataFolder)) return dataFolder;
  const note = join(dataFolder, "postgres-is-in");
  const known = (await readFile(note, "utf8").catch(() => "")).trim();
  if (known !== "" && existsSync(known)) return known;
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  const place = await mkdtemp(join(SHARED_FOLDER, "data-"));
  await chmod(place, 0o755);
  await writeFile(join(place, "belongs-to"), `${dataFolder}\n`);
  await writeFile(note, `${place}\n`);
  return place;
}
