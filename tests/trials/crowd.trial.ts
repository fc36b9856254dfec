import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import type { Crowd, CrowdSeen } from "./crowd/crowd";
import type { Seen, Visitors } from "./crowd/visitors";

// Crowds ask for what is expensive while others read the letter and sign it, each in its own processes.
const SECONDS = Number(process.env.TRIAL_SECONDS ?? 6);
/** The letter may take so many times as long as it takes alone, at the 99th percentile. */
const MOST_SLOWER = 10;
const SIGNED_MS = 3_000;
const REFUSED_MS = 1_000;

const TARGETS = {
  form: "/letters/uyghurs/sign?as=individual",
  "unknown letters": "/letters/nothing-%",
  "confirm pages": "/signatures/%/confirm",
  "static 404s": "/_next/static/chunks/%.js",
};
const CROWDS: Record<string, Pick<Crowd, "count" | "pausing" | "networks">> = {
  "200 connections": { count: 200, pausing: false, networks: 0 },
  "400 connections": { count: 400, pausing: false, networks: 0 },
  "1,000 visitors of 200 networks": { count: 1_000, pausing: true, networks: 200 },
};

let app: App;
beforeAll(async () => {
  app = await startApp({ worker: false, environment: { TRUSTED_PROXIES: "loopback" } });
});
afterAll(() => app.stop());

/** Runs a file of the trial's in a process of its own, and returns what it prints. */
async function run<T>(file: string, told: object): Promise<T> {
  const command = ["--import", "tsx", `tests/trials/crowd/${file}.ts`, JSON.stringify(told)];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  const parts: string[] = [];
  child.stdout?.on("data", (part) => parts.push(String(part)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(parts.join("")) as T;
}

const visit = (visitors: Omit<Visitors, "url" | "seconds">) =>
  run<Seen>("visitors", { ...visitors, url: app.url, seconds: SECONDS });

/** Five who read and two who sign, each of a network of their own. */
const measure = () =>
  Promise.all([
    visit({ path: "/letters/uyghurs", count: 5, pauseMs: 10, firstNetwork: 1_000 }),
    visit({
      path: "/letters/uyghurs/sign?as=individual",
      count: 2,
      pauseMs: 100,
      firstNetwork: 1_010,
      signing: true,
    }),
  ]);

const counts = ({ answers }: { answers: Record<string, number> }) =>
  Object.entries(answers)
    .map(([status, count]) => `${count} × ${status}`)
    .join(", ");

/** The longest that the server took to refuse something, by its own log: the crowd's process is too busy to tell. */
function slowestRefusal(log: string): number {
  const refused = log.matchAll(/"method":"GET"[^\n]*"status":(?:4\d\d|503),"ms":(\d+)/g);
  return [...refused].reduce((most, [, ms]) => Math.max(most, Number(ms)), 0);
}

describe.each([false, true])("one core kept busy: %s", (busy) => {
  let spinning: ChildProcess | undefined;
  let alone: Seen;
  beforeAll(async () => {
    if (busy) spinning = spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" });
    // Once to warm up.
    for (let time = 0; time < 2; time++) {
      const [letter, signing] = await measure();
      alone = letter;
      if (time === 1)
        console.log(
          `alone: letter p50 ${letter.p50} p99 ${letter.p99} ms; signing p50 ${signing.p50} most ${signing.most} ms (${counts(signing)})`,
        );
    }
  });
  afterAll(() => void spinning?.kill("SIGKILL"));

  const all = Object.entries(TARGETS).flatMap(([target, path]) =>
    Object.entries(CROWDS).map(([crowd, visitors]) => ({ target, path, crowd, visitors })),
  );
  it.each(all)("$target, $crowd", async ({ target, path, crowd, visitors }) => {
    const before = app.log().length;
    const crowding = run<CrowdSeen>("crowd", { path, ...visitors, url: app.url, seconds: SECONDS + 2 });
    const [letter, signing] = await measure();
    const asking = await crowding;
    const refused = slowestRefusal(app.log().slice(before));
    console.log(
      `${busy ? "busy" : "quiet"}, ${target}, ${crowd}: letter p50 ${letter.p50} p99 ${letter.p99} ms (${(letter.p99 / alone.p99).toFixed(1)} ×); ` +
        `signing p50 ${signing.p50} most ${signing.most} ms (${counts(signing)}); ` +
        `crowd ${counts(asking)}, ${asking.errors} errors, refused within ${refused} ms`,
    );
    expect(Object.keys(letter.answers)).toEqual(["200"]);
    expect(letter.p99).toBeLessThanOrEqual(MOST_SLOWER * alone.p99);
    expect(Object.keys(signing.answers)).toEqual(["303"]);
    expect(signing.most).toBeLessThanOrEqual(SIGNED_MS);
    expect(asking.errors).toBe(0);
    expect(refused).toBeLessThanOrEqual(REFUSED_MS);
  });
});
