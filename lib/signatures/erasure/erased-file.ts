import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { env } from "@/lib/env";
import { isErasedHash, readHidden } from "@/lib/signatures/erasure/erased-hash";

const NAME = "erased-signatures";

/**
 * The file of those who were erased or hidden: one keyed hash a line, no times, no names. Every process
 * appends to it.
 */
export const erasedFile = () => join(env().stateDir, NAME);

/** The hashes of all who were erased; none where there is no file yet. */
export const readErased = async (): Promise<Set<string>> => new Set((await readLines()).filter(isErasedHash));

/** The hashes of all that is hidden: what was hidden and not shown again later. */
export async function readAllHidden(): Promise<Set<string>> {
  const hidden = new Set<string>();
  for (const line of await readLines()) {
    const said = readHidden(line);
    if (said?.ended) hidden.delete(said.hash);
    else if (said) hidden.add(said.hash);
  }
  return hidden;
}

async function readLines(): Promise<string[]> {
  const text = await readFile(erasedFile(), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n");
}

/**
 * Adds lines to the file, in any order; of several about one hidden thing the last counts. They are on the
 * disk, whole, when this returns.
 * @throws Error where the file cannot be written, or another process wrote into the middle of a line
 */
export async function appendErased(hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  const last = new Map(hashes.map((line) => [readHidden(line)?.hash ?? line, line]));
  await makeFolder();
  const file = await open(erasedFile(), "a+", 0o600);
  try {
    const { size: before } = await file.stat();
    // Sorted, so that their order tells nothing. A line that a killed process left unfinished ends here.
    await file.appendFile(`\n${[...last.values()].sort().join("\n")}\n`);
    await file.sync();
    const { size: after } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(after - before), 0, after - before, before);
    const written = new Set(buffer.toString("utf8").split("\n"));
    if (![...last.values()].every((line) => written.has(line)))
      throw new Error("the erased are not noted whole");
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
