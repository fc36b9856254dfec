import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { postgresAccount, reaches } from "./postgres-account";
import { SHARED_FOLDER } from "./postgres-programs";

/**
 * The folder that can hold a cluster for a data folder: itself, or one below /var/lib when the
 * account `postgres` cannot reach it (a clone below /root, run by root).
 */
export async function clusterPlace(dataFolder: string): Promise<string> {
  if (existsSync(join(dataFolder, "postgres")) || reaches(postgresAccount(), dataFolder)) return dataFolder;
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const place = join(SHARED_FOLDER, name);
  await mkdir(place, { recursive: true, mode: 0o755 });
  return place;
}
