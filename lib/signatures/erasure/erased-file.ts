import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { env } from "@/lib/env";
import { isErasedHash } from "@/lib/signatures/erasure/erased-hash";

const NAME = "erased-signatures";

/** The file of those who were erased: a keyed hash a line, no times, no names. Every process appends to the same one. */
export const erasedFile = () => join(env().stateDir, NAME);

/** The hashes of all who were erased; none where there is no file yet. */
export async function readErased(): Promise<Set<string>> {
  const text = await readFile(erasedFile(), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return hashesIn(text);
}

/**
 * Adds hashes to the file. They are on the disk, whole, when this returns.
 * @throws Error where the file cannot be written, or another process wrote into the middle of a line
 */
export async function appendErased(hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  await makeFolder();
  const file = await open(erasedFile(), "a+", 0o600);
  try {
    const { size: before } = await file.stat();
    // Sorted, so that their order tells nothing. A line that a killed process left unfinished ends here.
    await file.appendFile(`\n${[...hashes].sort().join("\n")}\n`);
    await file.sync();
    const { size: after } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(after - before), 0, after - before, before);
    const written = hashesIn(buffer.toString("utf8"));
    if (!hashes.every((hash) => written.has(hash))) throw new Error("the erased are not noted whole");
  } finally {
    await file.close();
  }
  await syncFolder(env().stateDir);
}

/** Made at the first erasure; its own name must be on the disk too. */
async function makeFolder(): Promise<void> {
  const made = await mkdir(env().stateDir, { recursive: true, mode: 0o700 });
  if (made) await syncFolder(dirname(made));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}

const hashesIn = (text: string) => new Set(text.split("\n").filter(isErasedHash));
