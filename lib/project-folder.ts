import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the program: the one of package.json, from the sources as from `dist/`. */
export const PROJECT = folderWith("package.json", import.meta.dirname);

function folderWith(file: string, from: string): string {
  if (existsSync(join(from, file)) || from === dirname(from)) return from;
  return folderWith(file, dirname(from));
}
