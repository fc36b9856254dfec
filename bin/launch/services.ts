import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { say } from "@/bin/launch/progress";
import { restartPause } from "@/bin/launch/restart-pause";
import { StartError } from "@/bin/launch/start-error";
import { PROJECT } from "@/lib/project-folder";

/** A process of ours: `command` is what follows `node` on its command line. */
export type ServiceOptions = {
  name: string;
  command: string[];
  env: Record<string, string | undefined>;
  /** Says that it is ready, and answers at this address then. */
  readyAt?: string;
};

type Service = {
  /** Resolves when it first answers. @throws StartError when it ends before */
  ready: Promise<void>;
  stop(): Promise<void>;
};

const FOLLOW = pathToFileURL(join(PROJECT, "dist/follow-parent.js")).href;
// Prisma reads several tables at once on one connection. `pg` warns of it, and no user can change it.
// Garbage that is collected a little more often is a third of the memory of a busy process.
const OPTIONS = ["--disable-warning=DeprecationWarning", "--max-semi-space-size=8"];

const STAYING = new Set(["web", "worker"]);

/** What follows `node` for a program of `dist/`, or of another folder. */
export const program = (name: string, ...args: string[]) => programIn("dist", name, ...args);
export const programIn = (folder: string, name: string, ...args: string[]) => [
  ...OPTIONS,
  // Maps cost a process that stays sixty megabytes in the web's case and twenty in the worker's.
  ...(STAYING.has(name) ? [] : ["--enable-source-maps"]),
  join(PROJECT, folder, `${name}.js`),
  ...args,
];

/** A group of its own keeps Ctrl-C in the terminal away from it: it stops in order. */
export function spawnService(
  { command, env }: ServiceOptions,
  output: "inherit" | "pipe" = "inherit",
): ChildProcess {
  return spawn(process.execPath, ["--import", FOLLOW, ...command], {
    cwd: PROJECT,
    env: { ...env, FOLLOWED: String(process.pid) } as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ["ignore", output, output, "ipc"],
  });
}

/** Runs a service until it is stopped; one that ends by itself is told of and started again. */
export function runService(options: ServiceOptions): Service {
  let child = spawnService(options);
  let stopping = false;
  let wasReady = false;
  const ready = untilReady(options, child).then(() => {
    wasReady = true;
  });
  const watch = (current: ChildProcess, pauseBefore: number) => {
    const born = Date.now();
    current.once("exit", async (code, signal) => {
      if (stopping || !wasReady) return;
      const wait = restartPause(Date.now() - born, pauseBefore);
      say(`The ${options.name} stopped unexpectedly (${signal ?? code}). Starting it again.`);
      await pause(wait);
      if (stopping) return;
      child = spawnService(options);
      watch(child, wait);
    });
  };
  watch(child, 0);
  const stop = async () => {
    stopping = true;
    await endProcess(child);
  };
  return { ready, stop };
}

async function untilReady(options: ServiceOptions, child: ChildProcess): Promise<void> {
  // What answers at its address may be another program.
  let saidSo = false;
  child.on("message", (message) => {
    saidSo ||= message === "ready";
  });
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(100)) {
    if (hasEnded(child)) throw new StartError(`The ${options.name} did not start. The reason is above.`);
    if (!options.readyAt || (saidSo && (await answersHttp(options.readyAt)))) return;
  }
  throw new StartError(`The ${options.name} did not answer at ${options.readyAt} within a minute.`);
}

async function answersHttp(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Asks a process to stop, and insists after 25 s. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), 25_000);
  await ended;
  clearTimeout(insist);
}
