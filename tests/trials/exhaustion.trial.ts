import { mkdtemp, rm } from "node:fs/promises";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BOUNDS } from "@/lib/cache/bounds";
import { PROJECT } from "@/lib/project-folder";
import { type App, startApp } from "../support/app";
import { inLanes } from "../support/post";

// A stranger asks for something different without end; then the process must hold no more than before.
const UPGRADES = Number(process.env.TRIAL_UPGRADES ?? 25_000);
const SEARCHES = Number(process.env.TRIAL_SEARCHES ?? 25_000);
const MISSES = Number(process.env.TRIAL_MISSES ?? 50_000);
const LANES = 16;
const MIB = 1024 * 1024;
const TOKEN = "metrics-token-of-some-length";

let folder: string;
let app: App;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-memory-"));
  const report = pathToFileURL(join(PROJECT, "tests/support/memory-report.mjs"));
  const environment = {
    NODE_OPTIONS: `--import ${report}`,
    MEMORY_SOCKET: join(folder, "memory"),
    METRICS_TOKEN: TOKEN,
    TRUSTED_PROXIES: "127.0.0.1,::1",
  };
  app = await startApp({ worker: false, environment });
});
afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true, force: true });
});

const agent = new Agent({ keepAlive: true, maxSockets: LANES });

/** Asks with a method and waits for the whole answer. */
function ask(options: object): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = get(options, (answer) => {
      let body = "";
      answer
        .on("data", (part) => (body += part))
        .on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
  });
}

/** Each from another network, as a crowd's are. */
const networkOf = (place: number) => `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`;

/** Asks for an address until it is answered. @returns its status, and how often it was told to come again */
async function read(path: string, place: number): Promise<{ status: number; refused: number }> {
  const { hostname, port } = new URL(app.url);
  const headers = { "x-forwarded-for": networkOf(place) };
  for (let refused = 0; ; refused++) {
    const { status } = await ask({ hostname, port, path, agent, headers });
    if (status !== 503 && status !== 429) return { status, refused };
    await pause(100);
  }
}

type Held = { descriptors: number; rss: number; external: number; arrayBuffers: number; heapUsed: number };

async function held(): Promise<{ before: Held; after: Held }> {
  const { body } = await ask({ socketPath: join(folder, "memory"), path: "/" });
  return JSON.parse(body);
}

const lines: string[] = [];

/** What the process holds once its connections are closed, noted as a row of the table in docs/reliability.md. */
async function note(what: string): Promise<Held> {
  agent.destroy();
  await expect.poll(connections, { timeout: 60_000, interval: 500 }).toBeLessThan(3);
  const { before, after } = await held();
  const both = (name: keyof Held) => `${mib(before[name])} / ${mib(after[name])}`;
  lines.push(
    `| ${what} | ${after.descriptors} | ${both("rss")} | ${both("external")} | ${both("heapUsed")} |`,
  );
  console.log(lines.at(-1));
  return after;
}

const mib = (bytes: number) => Math.round(bytes / MIB);

async function connections(): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const text = await (await fetch(`${app.url}/api/metrics`, { headers })).text();
  const counts = [...text.matchAll(/^undersigned_http_connections\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Asks for another protocol; half of them go without waiting for an answer. */
function upgrade(place: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(app.url).port), "127.0.0.1", () => {
      const wish =
        "GET /letters/uyghurs HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
      if (place % 2) socket.end(wish);
      else socket.write(wish);
    });
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.resume();
  });
}

const places = (count: number) => Array.from({ length: count }, (_, place) => place);

async function readAll(count: number, path: (place: number) => string): Promise<Record<string, number>> {
  const answers: Record<string, number> = { refused: 0 };
  await inLanes(LANES, places(count), async (place) => {
    const { status, refused } = await read(path(place), place);
    answers[status] = (answers[status] ?? 0) + 1;
    answers.refused = (answers.refused ?? 0) + refused;
  });
  return answers;
}

const search = (place: number) =>
  place % 2
    ? `/letters/uyghurs/signatories?q=nobody${place}`
    : `/api/v1/letters/uyghurs/signatories?q=nobody${place}`;
const MISSING = [
  (place: number) => `/nothing-${place}`,
  (place: number) => `/letters/nothing-${place}`,
  (place: number) => `/signatures/nothing-${place}/confirm`,
  (place: number) => `/_next/static/nothing-${place}.js`,
  (place: number) => `/api/v1/letters/nothing-${place}`,
];
const missing = (place: number) => MISSING[place % MISSING.length]?.(place) ?? "";

describe("a process that is asked without end for what is different each time", () => {
  it("holds no more descriptors and memory than it may", async () => {
    await readAll(200, (place) => `${search(place)}warm`);
    await readAll(200, (place) => `${missing(place)}warm`);
    const start = await note("warm");
    const after: Held[] = [];

    await inLanes(200, places(UPGRADES), upgrade);
    after.push(await note(`${UPGRADES} upgrades`));
    const searched = await readAll(SEARCHES, search);
    after.push(await note(`${SEARCHES} searches`));
    const missed = await readAll(MISSES, missing);
    after.push(await note(`${MISSES} of what is not there`));

    console.log(["", ...lines, "", JSON.stringify({ searched, missed })].join("\n"));
    expect(searched["200"]).toBe(SEARCHES);
    expect((missed["404"] ?? 0) + (missed["200"] ?? 0)).toBe(MISSES);
    const most = BOUNDS["lib/cache/tagged-cache.ts #entries"].bytes;
    for (const one of after) {
      expect(one.descriptors).toBeLessThan(start.descriptors + 20);
      expect(one.external).toBeLessThan(start.external + 1.1 * most);
      expect(one.rss).toBeLessThan(start.rss + 3 * most);
    }
    expect((await fetch(`${app.url}/letters/uyghurs`)).status).toBe(200);
  }, 10_800_000);
});
