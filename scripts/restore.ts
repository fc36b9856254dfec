// Restores a backup: into the database that DATABASE_URL names, or as the local database of a new data folder.
import { spawn } from "node:child_process";
import { generateIfStale } from "./local/build";
import { openDataFolder } from "./local/data-folder";
import { startLocalDatabase } from "./local/local-database";
import { makeLocalDatabase } from "./local/prepare";
import { typescript } from "./local/services";
import { configuredPorts, hasOwnDatabase, loadEnvFile, localEnvironment } from "./local/settings";
import { atEnd, endWith, failWith, stopOnSignals } from "./local/shutdown";
import { StartError } from "./local/start-error";

function restore(environment: Record<string, string> = {}): Promise<number> {
  const command = typescript("lib/cli/restore.ts", ...process.argv.slice(2));
  const child = spawn(process.execPath, command, {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
}

/** A data folder that has a database already keeps it, whatever is in it. */
async function restoreLocally(): Promise<number> {
  const data = await openDataFolder();
  const server = await startLocalDatabase(data);
  atEnd(server.stop);
  const made = await makeLocalDatabase(server, async (url) => {
    const code = await restore(localEnvironment(data, url, configuredPorts()));
    if (code !== 0) await endWith(code);
  });
  if (made) return 0;
  throw new StartError(
    `${data.path} has a database already. Set DATA_DIR to a new folder, with the file encryption-key of the old one in it.`,
  );
}

async function run(): Promise<number> {
  await generateIfStale();
  return hasOwnDatabase() || process.argv.length !== 3 ? restore() : restoreLocally();
}

stopOnSignals();
loadEnvFile();
await run().then(endWith, failWith);
