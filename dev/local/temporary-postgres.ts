import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterPlace } from "./cluster-place";
import { type PostgresServer, startPostgres } from "./postgres";

/** A server with an empty cluster that `stop` takes away with all its data. */
export async function startTemporaryPostgres(settings: Record<string, string>): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-postgres-"));
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
