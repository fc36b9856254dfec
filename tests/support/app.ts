import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";
import { endProcess, program, type ServiceOptions, spawnService } from "@/bin/launch/services";
import { mailboxService } from "@/dev/local/mailbox-service";
import { freePort } from "@/dev/local/ports";
import { CHANGES_CHANNEL } from "@/lib/cache/changes";
import { PROJECT } from "@/lib/project-folder";
import { createDatabase, type OwnDatabase, runSql, SEEDED_TEMPLATE, TEMPLATE } from "./database";
import { TEST_ENVIRONMENT } from "./environment";
import { type Mailbox, openMailbox } from "./mailbox";
import { WEBHOOK_SECRET } from "./signed-event";

/** The whole program on free ports: web, worker and mailbox, with a database of its own. */
export type App = {
  url: string;
  databaseUrl: string;
  environment: Record<string, string>;
  mailbox: Mailbox;
  /** Everything that web and worker have written so far. */
  log(): string;
  /** kill -9, and wait until the process is gone. */
  killWeb(): Promise<void>;
  startWeb(): Promise<void>;
  killWorker(): Promise<void>;
  startWorker(): Promise<void>;
  /** SIGTERM, and wait until the process has ended by itself. */
  stopWeb(): Promise<void>;
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
};

export type AppOptions = {
  /** The sample letter, unless false. */
  sample?: boolean;
  /** A worker from the start, unless false. */
  worker?: boolean;
  /** A database that is there already, in place of one of the app's own. */
  databaseUrl?: string;
  /** Settings in place of the usual ones. */
  environment?: Record<string, string>;
};

const KEEP_COMPILED = pathToFileURL(join(PROJECT, "tests/support/keep-compiled.mjs")).href;

/** What any file may ask for without an app of its own. */
const USUAL = {
  METRICS_TOKEN: "metrics-token-of-some-length",
  RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET,
  TRUSTED_PROXIES: "127.0.0.1,::1",
};

/** What this file has taken of what its worker of Vitest's keeps for all files. */
const taken = { app: false, mailbox: false };

type Kept = { parts: Parts; database: OwnDatabase; template: string; clean: boolean };
type Worker = { [slot: symbol]: unknown };
const worker = globalThis as Worker;
const appSlot = Symbol.for("tests.app");

/**
 * Starts the production build. Stop it in `afterAll`. With the usual settings it is the app that this worker of Vitest's
 * keeps for all its files, with a new database; a file's second app is its own.
 */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const usual = !options.environment && !options.databaseUrl && !taken.app && !taken.mailbox;
  return usual ? takeApp(options) : startOwnApp(options);
}

async function takeApp({ sample, worker: works }: AppOptions): Promise<App> {
  taken.app = true;
  taken.mailbox = true;
  const template = sample === false ? TEMPLATE : SEEDED_TEMPLATE;
  worker[appSlot] ??= await keepApp(template);
  const kept = worker[appSlot] as Kept;
  const { parts, database } = kept;
  // Of a file that failed.
  await parts.worker.kill();
  if (!parts.web.isRunning()) await parts.web.start();
  if (!kept.clean || kept.template !== template) await renew(kept, template);
  kept.clean = false;
  await parts.mailbox.clear();
  if (works !== false) await parts.worker.start();
  const begun = parts.written.length;
  const log = () => parts.written.slice(begun).join("");
  const stop = async () => {
    await parts.worker.kill();
    if (parts.web.isRunning()) await renew(kept, SEEDED_TEMPLATE);
    Object.assign(taken, { app: false, mailbox: false });
    expectDiscreet(log());
  };
  return {
    ...controls(parts),
    databaseUrl: database.url,
    log,
    stop,
  };
}

async function keepApp(template: string): Promise<Kept> {
  const database = await createDatabase(inject("postgres"), template);
  const folder = join(TEST_ENVIRONMENT.STATE_DIR, "app");
  const parts = await makeParts(folder, await sharedMailbox(), database.url, USUAL);
  await parts.web.start();
  parts.web.unref();
  return { parts, database, template, clean: true };
}

/** A new database in the place of the one before, of which the app has forgotten everything. */
async function renew(kept: Kept, template: string): Promise<void> {
  const { parts, database } = kept;
  kept.clean = false;
  await rm(parts.environment.STATE_DIR, { recursive: true, force: true });
  await database.renew(template);
  const listens = "SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND query = $2";
  const values = [database.name, `LISTEN ${CHANGES_CHANNEL}`];
  while ((await runSql(inject("postgres").url, listens, values)).length === 0) {
    if (!parts.web.isRunning()) throw new Error(`The web process has ended.\n${parts.written.join("")}`);
    await pause(20);
  }
  await answer(`${parts.url}/api/ready`);
  Object.assign(kept, { template, clean: true });
}

async function startOwnApp(options: AppOptions): Promise<App> {
  const template = options.sample === false ? TEMPLATE : SEEDED_TEMPLATE;
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await createDatabase(inject("postgres"), template);
  const folder = await mkdtemp(join(tmpdir(), "undersigned-app-"));
  const mailbox = await takeMailbox(folder);
  const parts = await makeParts(folder, mailbox, database.url, options.environment);
  await Promise.all([parts.web.start(), options.worker === false ? undefined : parts.worker.start()]);
  const log = () => parts.written.join("");
  const stop = async () => {
    await Promise.all([parts.web.kill(), parts.worker.kill()]);
    await mailbox.giveBack();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
    expectDiscreet(log());
  };
  return { ...controls(parts), databaseUrl: database.url, log, stop };
}

/**
 * Whatever a file did: an address, the first name that most tests type, or what follows a mailed link’s path. The trial
 * `logs` looks for every field of every form.
 */
const TELLING = /@|\bAda\b|\/(?:signatures|sign-in|stop-emails)\/[0-9a-z]{20}/;

/** Nothing personal stands in what an app has written. */
function expectDiscreet(log: string): void {
  const telling = log.split("\n").find((line) => TELLING.test(line));
  if (telling) throw new Error(`Written to the log: ${telling}`);
}

type Parts = Awaited<ReturnType<typeof makeParts>>;

/** The processes of an app, not yet started. */
async function makeParts(
  folder: string,
  mailbox: OwnMailbox,
  databaseUrl: string,
  settings: Record<string, string> = {},
) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment = {
    ...TEST_ENVIRONMENT,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: url,
    PORT: String(port),
    STATE_DIR: join(folder, "state"),
    SMTP_URL: mailbox.smtpUrl,
    ...settings,
  };
  const written: string[] = [];
  const service = (name: "web" | "worker"): ServiceOptions => ({
    name,
    command: ["--import", KEEP_COMPILED, ...program(name)],
    env: { ...process.env, NODE_ENV: "production", ...environment },
  });
  const web = controlled(service("web"), written, `${url}/api/health`);
  return { url, environment, mailbox, written, web, worker: controlled(service("worker"), written) };
}

const controls = ({ url, environment, mailbox, web, worker: works }: Parts) => ({
  url,
  environment,
  mailbox,
  killWeb: web.kill,
  startWeb: web.start,
  killWorker: works.kill,
  startWorker: works.start,
  stopWeb: web.stop,
  stopWorker: works.stop,
});

type Place = { web: number; smtp: number; child: ChildProcess };
const mailboxSlot = Symbol.for("tests.mailbox");

async function startMailbox(folder: string): Promise<Place> {
  const [web, smtp] = [await freePort(), await freePort()];
  const child = spawnService(await mailboxService(folder, web, smtp));
  return { web, smtp, child };
}

/**
 * The mailbox that this worker of Vitest's has for all its files, empty; it ends with the worker. A file's second app has
 * one of its own.
 */
async function takeMailbox(folder: string): Promise<OwnMailbox> {
  if (taken.mailbox) {
    const place = await startMailbox(join(folder, "mail"));
    return mailboxAt(place, () => endProcess(place.child));
  }
  taken.mailbox = true;
  const mailbox = await sharedMailbox();
  await mailbox.clear();
  return mailbox;
}

async function sharedMailbox(): Promise<OwnMailbox> {
  worker[mailboxSlot] ??= startMailbox(join(TEST_ENVIRONMENT.STATE_DIR, "mailbox"));
  const place = await (worker[mailboxSlot] as Promise<Place>);
  unrefAll(place.child);
  return mailboxAt(place, async () => {
    taken.mailbox = false;
  });
}

/** It ends with this process, and keeps it from ending no longer. */
function unrefAll(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
}

type OwnMailbox = Mailbox & { smtpUrl: string; giveBack(): Promise<void> };

async function mailboxAt({ web, smtp, child }: Place, giveBack: () => Promise<void>): Promise<OwnMailbox> {
  const mailbox = openMailbox(`http://127.0.0.1:${web}`);
  await answer(`${mailbox.url}/api/email?limit=1`, child);
  return { ...mailbox, smtpUrl: `smtp://127.0.0.1:${smtp}`, giveBack };
}

function controlled(options: ServiceOptions, written: string[], readyAt?: string) {
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawnService(options, "pipe");
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text) => written.push(String(text)));
    if (readyAt) await answer(readyAt, child, () => written.join(""));
  };
  const kill = async () => {
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    if (child?.kill("SIGKILL")) await ended;
  };
  const stop = async () => {
    if (child) await endProcess(child);
  };
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  return { start, kill, stop, isRunning, unref: () => child && unrefAll(child) };
}

async function answer(url: string, child?: ChildProcess, log = () => ""): Promise<void> {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(50)) {
    if (child && (child.exitCode !== null || child.signalCode !== null)) break;
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`Nothing answered at ${url}.\n${log()}`);
}
