import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./data-folder";

/** A hash over the names and contents of files and whole folders of the project. */
export function hashSources(paths: string[], skip: RegExp = /^$/): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => listFiles(path)).sort()) {
    if (skip.test(file)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(PROJECT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function listFiles(path: string): string[] {
  const stat = statSync(join(PROJECT, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(PROJECT, path)).flatMap((name) => listFiles(`${path}/${name}`));
}

/** The stamp that an earlier run left, or an empty text. */
export function readStamp(file: string): string {
  try {
    return readFileSync(join(PROJECT, file), "utf8");
  } catch {
    return "";
  }
}
