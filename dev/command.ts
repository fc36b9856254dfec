// Runs a command with the configuration that `npm start` would give it: beside a start that is running, or
// with the local database started for as long as the command takes.
import { spawn } from "node:child_process";
import { program } from "@/bin/launch/services";
import { atEnd, endWith, failWith, stopOnSignals } from "@/bin/launch/shutdown";
import { StartError } from "@/bin/launch/start-error";
import { type DataFolder, openDataFolder } from "@/dev/local/data-folder";
import { LOCAL_DATABASE, runningDatabase, startLocalDatabase } from "@/dev/local/local-database";
import { makeLocalDatabase, prepareLocalDatabase } from "@/dev/local/prepare";
import { configuredPorts, localEnvironment } from "@/dev/local/settings";

const NO_DATABASE = "postgresql://127.0.0.1:1/none";

const [name = "", ...args] = process.argv.slice(2);

function run(environment: Record<string, string> = {}): Promise<number> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, program(name, ...args), { stdio: "inherit", env });
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
}

async function runBesideDatabase(data: DataFolder): Promise<number> {
  const running = await runningDatabase(data);
  const started = running ? null : await startLocalDatabase(data);
  if (started) atEnd(started.stop);
  const url = running ?? started?.url(LOCAL_DATABASE) ?? "";
  const environment = localEnvironment(data, url, configuredPorts());
  Object.assign(process.env, environment);
  if (started) await prepareLocalDatabase(started, environment);
  return run();
}

/** A backup becomes the database of a new data folder; one that has a database keeps it, whatever is in it. */
async function restore(data: DataFolder): Promise<number> {
  const server = await startLocalDatabase(data);
  atEnd(server.stop);
  const made = await makeLocalDatabase(server, async (url) => {
    const code = await run(localEnvironment(data, url, configuredPorts()));
    if (code !== 0) await endWith(code);
  });
  if (made) return 0;
  throw new StartError(
    `${data.path} already has a database. Set DATA_DIR to a new folder, and copy the file encryption-key from the old one into it.`,
  );
}

async function runLocally(): Promise<number> {
  // Without exactly one file it only says how it is used.
  if (name === "restore" && args.length !== 1) return run();
  const data = await openDataFolder();
  // It needs the key alone.
  if (name === "receipt") return run(localEnvironment(data, NO_DATABASE, configuredPorts()));
  return name === "restore" ? restore(data) : runBesideDatabase(data);
}

stopOnSignals();
await runLocally().then(endWith, failWith);
