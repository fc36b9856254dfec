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
  const file = pathToFileURL(join(PROJECT, `dist/programs/dev/${name}.js`)).href;
  await import(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new StartError(
      "DATABASE_URL is missing, and this folder was made without the local database: see .env.example.",
    );
  });
}
