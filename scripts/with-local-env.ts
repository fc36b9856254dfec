// Runs a command of lib/cli with the configuration that `npm start` would give it: beside a start that
// is running, or with the local database started for as long as the command takes.
import { spawn } from "node:child_process";
import { generateIfStale } from "./local/build";
import { openDataFolder } from "./local/data-folder";
import { LOCAL_DATABASE, runningDatabase, startLocalDatabase } from "./local/local-database";
import { prepareLocalDatabase } from "./local/prepare";
import { typescript } from "./local/services";
import { configuredPorts, hasOwnDatabase, loadEnvFile, localEnvironment } from "./local/settings";
import { atEnd, endWith, failWith, stopOnSignals } from "./local/shutdown";

const [file = "", ...args] = process.argv.slice(2);

async function provideLocalDatabase(): Promise<void> {
  const data = await openDataFolder();
  const running = await runningDatabase(data);
  const started = running ? null : await startLocalDatabase(data);
  if (started) atEnd(started.stop);
  const url = running ?? started?.url(LOCAL_DATABASE) ?? "";
  const environment = localEnvironment(data, url, configuredPorts());
  Object.assign(process.env, environment);
  if (started) await prepareLocalDatabase(started, environment);
}

async function runCommand(): Promise<number> {
  await generateIfStale();
  if (!hasOwnDatabase()) await provideLocalDatabase();
  const child = spawn(process.execPath, typescript(file, ...args), { stdio: "inherit" });
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
}

stopOnSignals();
loadEnvFile();
await runCommand().then(endWith, failWith);
