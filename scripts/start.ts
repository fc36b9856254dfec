import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Env, readEnv } from "@/lib/env";
import { buildIfStale, generateIfStale } from "./local/build";
import { type DataFolder, openDataFolder, PROJECT } from "./local/data-folder";
import { alreadyRunning, LOCAL_DATABASE, runningDatabase, startLocalDatabase } from "./local/local-database";
import { mailboxService } from "./local/mailbox";
import { demandDatabase, prepareDatabase, prepareLocalDatabase } from "./local/prepare";
import { say, step } from "./local/progress";
import { markRunning, wasCutOff } from "./local/run-mark";
import { runService, type ServiceOptions, typescript } from "./local/services";
import {
  configuredPorts,
  freePorts,
  hasOwnDatabase,
  hasOwnMail,
  loadEnvFile,
  localEnvironment,
} from "./local/settings";
import { atEnd, failWith, stopOnSignals } from "./local/shutdown";

const dev = process.argv.includes("--dev");
/** What stops after a kill may take this long, in milliseconds. */
const PATIENCE = 6_000;
const NODE_ENV = dev ? "development" : "production";

/** The database of DATABASE_URL, with a configuration that is complete; no sample, no mailbox. */
async function startDeployed(): Promise<void> {
  const settings = readEnv(process.env);
  await demandDatabase(settings.databaseUrl);
  await prepareProgram();
  await step("Migrating the database", () => prepareDatabase(settings.databaseUrl));
  await startProgram(settings);
  say(`\nUndersigned runs at ${settings.publicUrl}/`);
}

/** Everything on this machine, in one folder that git ignores. */
async function startLocal(): Promise<void> {
  configuredPorts();
  const data = await openDataFolder();
  const elsewhere = !data.cluster.startsWith(data.path);
  if (elsewhere) say(`PostgreSQL cannot reach ${data.path}: its data are in ${data.cluster}`);
  await untilOthersEnd(data);
  const ports = await freePorts(wasCutOff(data) ? PATIENCE : 0);
  atEnd(await markRunning(data));
  const database = await step("Starting the database", () => startLocalDatabase(data));
  atEnd(database.stop);
  const environment = localEnvironment(data, database.url(LOCAL_DATABASE), ports);
  Object.assign(process.env, environment);
  await prepareProgram();
  await prepareLocalDatabase(database, environment);
  const settings = readEnv(process.env);
  const mailbox = () => mailboxService(join(data.path, "mailbox"), ports.mailbox, ports.smtp);
  await Promise.all([startProgram(settings), hasOwnMailNow ? undefined : mailbox().then(start)]);
  tellWhere(settings, ports.mailbox);
}

/** Another start that is on its way out, because its terminal or npm was killed, gets a moment. */
async function untilOthersEnd(data: DataFolder): Promise<void> {
  const limit = Date.now() + PATIENCE;
  while (await runningDatabase(data)) {
    if (Date.now() > limit) throw alreadyRunning(data);
    await pause(500);
  }
}

const prepareProgram = () => (dev ? generateIfStale() : buildIfStale());

async function startProgram(settings: Env): Promise<void> {
  const env = { ...process.env, NODE_ENV, NEXT_TELEMETRY_DISABLED: "1" };
  const host = ["0.0.0.0", "::"].includes(settings.host) ? "localhost" : settings.host;
  const readyAt = `http://${host.includes(":") ? `[${host}]` : host}:${settings.port}/api/health`;
  const web = typescript("server/web.ts", ...(dev ? ["--dev"] : []));
  const watch = [
    join(PROJECT, "node_modules/tsx/dist/cli.mjs"),
    "watch",
    "--clear-screen=false",
    "lib/cli/worker.ts",
  ];
  await step("Starting the web app", () =>
    Promise.all([
      start({ name: "worker", command: dev ? watch : typescript("lib/cli/worker.ts"), env }),
      start({ name: "web app", command: web, env, readyAt }),
    ]),
  );
}

async function start(options: ServiceOptions): Promise<void> {
  const service = runService(options);
  atEnd(service.stop);
  await service.ready;
}

function tellWhere({ publicUrl, adminEmails }: Env, mailboxPort: number): void {
  const mailbox = hasOwnMailNow
    ? "mail leaves through the configured provider"
    : `http://localhost:${mailboxPort}/`;
  say("");
  say(`  The letter    ${publicUrl}/`);
  say(`  The mailbox   ${mailbox}`);
  say(`  The admin     ${publicUrl}/admin`);
  say(`  Sign in as    ${adminEmails.join(", ")}`);
  say("\nCtrl-C stops everything.");
}

stopOnSignals();
loadEnvFile();
const hasOwnMailNow = hasOwnMail();
await (hasOwnDatabase() ? startDeployed() : startLocal()).catch(failWith);
