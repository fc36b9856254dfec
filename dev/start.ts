// Everything on this machine, in one folder that git ignores; `--dev` rebuilds what is changed.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { demandDatabase, prepareDatabase } from "@/bin/launch/database";
import { healthAt, startProgram, startService } from "@/bin/launch/program";
import { say, step } from "@/bin/launch/progress";
import { program } from "@/bin/launch/services";
import { hasOwnDatabase, loadEnvFile } from "@/bin/launch/settings";
import { atEnd, failWith, stopOnSignals } from "@/bin/launch/shutdown";
import { type DataFolder, openDataFolder } from "@/dev/local/data-folder";
import {
  alreadyRunning,
  LOCAL_DATABASE,
  runningDatabase,
  startLocalDatabase,
} from "@/dev/local/local-database";
import { mailboxService } from "@/dev/local/mailbox-service";
import { prepareLocalDatabase } from "@/dev/local/prepare";
import { markRunning, wasCutOff } from "@/dev/local/run-mark";
import { configuredPorts, freePorts, hasOwnMail, localEnvironment } from "@/dev/local/settings";
import { type Env, readEnv } from "@/lib/env";

const dev = process.argv.includes("--dev");
/** What stops after a kill may take this long, in milliseconds. */
const PATIENCE = 6_000;

async function startLocal(): Promise<void> {
  configuredPorts();
  const data = await openDataFolder();
  const elsewhere = !data.cluster.startsWith(data.path);
  if (elsewhere) say(`PostgreSQL can’t reach ${data.path}, so its data is in ${data.cluster}`);
  await untilOthersEnd(data);
  const ports = await freePorts(wasCutOff(data) ? PATIENCE : 0);
  atEnd(await markRunning(data));
  const database = await step("Starting the database", () => startLocalDatabase(data));
  atEnd(database.stop);
  const environment = localEnvironment(data, database.url(LOCAL_DATABASE), ports);
  Object.assign(process.env, environment);
  await prepareLocalDatabase(database, environment);
  const settings = readEnv(process.env);
  const mailbox = () => mailboxService(join(data.path, "mailbox"), ports.mailbox, ports.smtp);
  await Promise.all([start(settings), hasOwnMailNow ? undefined : mailbox().then(startService)]);
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

/** The program as it is built, or while it is being changed. */
async function start(settings: Env): Promise<void> {
  if (!dev) return startProgram(settings);
  const { startChanging } = await import("@/dev/local/reload");
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  const readyAt = healthAt(settings.host, settings.port);
  await step("Starting the web app", () =>
    Promise.all([
      startChanging("worker", env),
      startService({
        name: "web app",
        command: program("web", "--dev"),
        env,
        readyAt,
      }),
    ]),
  );
}

/** `npm run dev` on the database of DATABASE_URL. */
async function startOnOwnDatabase(): Promise<void> {
  const settings = readEnv(process.env);
  await demandDatabase(settings.databaseUrl);
  await step("Migrating the database", () => prepareDatabase(settings.databaseUrl));
  await start(settings);
  say(`\nUndersigned runs at ${settings.publicUrl}/`);
}

function tellWhere({ publicUrl, adminEmails }: Env, mailboxPort: number): void {
  const mailbox = hasOwnMailNow
    ? "emails go through the provider that you configured"
    : `http://localhost:${mailboxPort}/`;
  say("");
  say(`  The letter    ${publicUrl}/`);
  say(`  The mailbox   ${mailbox}`);
  say(`  The admin     ${publicUrl}/admin`);
  say(`  Sign in as    ${adminEmails.join(", ")}`);
  say("\nPress Ctrl-C to stop everything.");
}

stopOnSignals();
loadEnvFile();
const hasOwnMailNow = hasOwnMail();
await (hasOwnDatabase() ? startOnOwnDatabase() : startLocal()).catch(failWith);
