import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterPlace } from "./cluster-place";
import { type PostgresServer, startPostgres } from "./postgres";

const GIBIBYTE = 2 ** 30;
const MEMORY = "/dev/shm";
const TMPFS = 0x01021994;

/** Where files are kept in memory, if there is such a place with room for some gigabytes; the usual folder otherwise. */
async function quickFolder(): Promise<string> {
  const { type, bavail, bsize } = await statfs(MEMORY).catch(() => ({ type: 0, bavail: 0, bsize: 0 }));
  const isRoomy = bavail * bsize > 4 * GIBIBYTE && process.availableMemory() > 8 * GIBIBYTE;
  return type === TMPFS && isRoomy ? MEMORY : tmpdir();
}

/**
 * A server with an empty cluster that `stop` takes away with all its data.
 * @param quick in memory where that can be: a disk takes longer over a database’s files than PostgreSQL over the tests
 */
export async function startTemporaryPostgres(
  settings: Record<string, string>,
  quick = false,
): Promise<PostgresServer> {
  const folder = await mkdtemp(join(quick ? await quickFolder() : tmpdir(), "undersigned-postgres-"));
  await chmod(folder, 0o711);
  const place = await clusterPlace(folder);
  const remove = async () => {
    for (const used of [folder, place]) await rm(used, { recursive: true, force: true });
  };
  try {
    const password = randomBytes(16).toString("hex");
    const server = await startPostgres({ folder: join(place, "postgres"), password, settings });
    const stop = () => server.stop().finally(remove);
    return { ...server, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
