import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { endProcess, program, spawnService } from "@/bin/launch/services";
import { freePort } from "@/dev/local/ports";
import { TEST_ENVIRONMENT } from "./environment";

/** A process of ours that can be killed and started again, at the same address. */
export type Mortal = {
  /** Where a web process listens; empty for a worker. */
  url: string;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
  /** Starts it again; a web is waited for until it answers, a worker is not. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts several web processes and workers on one database. */
export async function startMortals(
  environment: Record<string, string>,
  { webs, workers }: { webs: number; workers: number },
): Promise<{ webs: Mortal[]; workers: Mortal[] }> {
  const STATE_DIR = join(TEST_ENVIRONMENT.STATE_DIR, randomUUID());
  const all = { ...TEST_ENVIRONMENT, STATE_DIR, LOG_LEVEL: "warn", ...environment };
  const web = async () => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    return mortal("web", { ...all, PORT: String(port), PUBLIC_URL: url }, url);
  };
  const made = {
    webs: await Promise.all(Array.from({ length: webs }, web)),
    workers: Array.from({ length: workers }, () => mortal("worker", all, "")),
  };
  await Promise.all([...made.webs, ...made.workers].map((one) => one.start()));
  return made;
}

function mortal(name: "web" | "worker", environment: Record<string, string>, url: string): Mortal {
  const env = { ...process.env, NODE_ENV: "production", ...environment };
  let child: ChildProcess | undefined;
  let wanted = false;
  const spawnOne = () => {
    const one = spawnService({ name, command: program(name), env }, "pipe");
    for (const stream of [one.stdout, one.stderr]) stream?.resume();
    // One that gives up because the database is away is started again, as the launcher does.
    one.once("exit", async () => {
      await pause(500);
      if (wanted && child === one) spawnOne();
    });
    child = one;
  };
  const start = async () => {
    wanted = true;
    spawnOne();
    for (const limit = Date.now() + 60_000; url && Date.now() < limit; await pause(50)) {
      const answer = await fetch(`${url}/api/health`).catch(() => undefined);
      if (answer?.ok) return;
    }
  };
  const kill = async () => {
    wanted = false;
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    if (child?.kill("SIGKILL")) await ended;
  };
  const stop = async () => {
    wanted = false;
    if (child) await endProcess(child);
  };
  return { url, kill, start, stop };
}
