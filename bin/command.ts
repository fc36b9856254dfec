// Runs one of the commands beside this file: on the database of DATABASE_URL, or on the local one.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { local } from "@/bin/launch/local";
import { explain } from "@/bin/launch/progress";
import { hasOwnDatabase, loadEnvFile } from "@/bin/launch/settings";
import { PROJECT } from "@/lib/project-folder";

loadEnvFile();
try {
  if (hasOwnDatabase()) {
    const [name] = process.argv.splice(2, 1);
    await import(pathToFileURL(join(PROJECT, `dist/programs/${name}.js`)).href);
  } else await local("command");
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
