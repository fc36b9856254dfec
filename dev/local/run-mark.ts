import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataFolder } from "./data-folder";

const markOf = ({ path }: DataFolder) => join(path, "running");

/** Whether the last start on this folder never came to its end: what it left behind may still be stopping. */
export const wasCutOff = (data: DataFolder) => existsSync(markOf(data));

/** Leaves a mark for as long as a start runs; gives the act that takes it away. */
export async function markRunning(data: DataFolder): Promise<() => Promise<void>> {
  await writeFile(markOf(data), `${process.pid}\n`);
  return () => rm(markOf(data), { force: true });
}
