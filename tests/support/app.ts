import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";
import { endProcess, program, type ServiceOptions, spawnService } from "@/bin/launch/services";
import { mailboxService } from "@/dev/local/mailbox-service";
import { freePort } from "@/dev/local/ports";
import { PROJECT } from "@/lib/project-folder";
import { createDatabase, SEEDED_TEMPLATE, TEMPLATE } from "./database";
import { TEST_ENVIRONMENT } from "./environment";
import { type Mailbox, openMailbox } from "./mailbox";

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

/** Starts the production build. Stop it in `afterAll`. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const template = options.sample === false ? TEMPLATE : SEEDED_TEMPLATE;
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await createDatabase(inject("postgres"), template);
  const folder = await mkdtemp(join(tmpdir(), "undersigned-app-"));
  const [port, mailbox] = [await freePort(), await takeMailbox(folder)];
  const url = `http://localhost:${port}`;
  const environment = {
    ...TEST_ENVIRONMENT,
    DATABASE_URL: database.url,
    PUBLIC_URL: url,
    PORT: String(port),
    STATE_DIR: join(folder, "state"),
    SMTP_URL: mailbox.smtpUrl,
    ...options.environment,
  };
  const written: string[] = [];
  const service = (name: "web" | "worker"): ServiceOptions => ({
    name,
    command: ["--import", KEEP_COMPILED, ...program(name)],
    env: { ...process.env, NODE_ENV: "production", ...environment },
  });
  const web = controlled(service("web"), written, `${url}/api/health`);
  const worker = controlled(service("worker"), written);
  await Promise.all([web.start(), options.worker === false ? undefined : worker.start()]);
  const stop = async () => {
    await Promise.all([web.kill(), worker.kill()]);
    await mailbox.giveBack();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url,
    databaseUrl: database.url,
    environment,
    mailbox,
    log: () => written.join(""),
    killWeb: web.kill,
    startWeb: web.start,
    killWorker: worker.kill,
    startWorker: worker.start,
    stopWeb: web.stop,
    stopWorker: worker.stop,
    stop,
  };
}

type Place = { web: number; smtp: number; child: ChildProcess };
type Worker = { [slot: symbol]: Promise<Place> | undefined };
const slot = Symbol.for("tests.mailbox");
let sharedIsTaken = false;

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
  if (sharedIsTaken) {
    const place = await startMailbox(join(folder, "mail"));
    return mailboxAt(place, () => endProcess(place.child));
  }
  sharedIsTaken = true;
  const worker = globalThis as Worker;
  worker[slot] ??= startMailbox(join(TEST_ENVIRONMENT.STATE_DIR, "mailbox"));
  const place = await worker[slot];
  place.child.unref();
  place.child.channel?.unref();
  const mailbox = await mailboxAt(place, async () => {
    sharedIsTaken = false;
  });
  await mailbox.clear();
  return mailbox;
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
  return { start, kill, stop };
}

async function answer(url: string, child?: ChildProcess, log = () => ""): Promise<void> {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(50)) {
    if (child && (child.exitCode !== null || child.signalCode !== null)) break;
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`Nothing answered at ${url}.\n${log()}`);
}
