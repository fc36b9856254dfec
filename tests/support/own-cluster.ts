import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareDatabase } from "@/bin/launch/database";
import { clusterPlace } from "@/dev/local/cluster-place";
import { startPostgres } from "@/dev/local/postgres";

/** A migrated server of a test's own, set up as `npm start` does, whose files can be searched. */
export type OwnCluster = {
  url: string;
  /** The server's files that hold each of some texts, by their paths in its data folder. */
  filesWithEach<Text extends string>(...texts: Text[]): Promise<Record<Text, string[]>>;
  filesWith(text: string): Promise<string[]>;
  stop(): Promise<void>;
};

export async function startOwnCluster(): Promise<OwnCluster> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-cluster-"));
  await chmod(folder, 0o711);
  const place = await clusterPlace(folder);
  const cluster = join(place, "postgres");
  const server = await startPostgres({ folder: cluster, password: "secret", settings: { fsync: "off" } });
  const url = server.url("postgres");
  await prepareDatabase(url);
  const stop = async () => {
    await server.stop();
    for (const used of [folder, place]) await rm(used, { recursive: true, force: true });
  };
  return {
    url,
    filesWithEach: (...texts) => filesWith(cluster, texts),
    filesWith: async (text) => (await filesWith(cluster, [text]))[text] ?? [],
    stop,
  };
}

/** The files are tens of megabytes: they are read once for all texts. */
async function filesWith<Text extends string>(
  folder: string,
  texts: Text[],
): Promise<Record<Text, string[]>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = Object.fromEntries(texts.map((text) => [text, []])) as unknown as Record<Text, string[]>;
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // Some are gone by now.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    for (const text of texts) if (bytes.includes(text)) found[text].push(path.slice(folder.length + 1));
  }
  return found;
}
