import { readdirSync, readFileSync, statSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type App, startApp } from "../support/app";
import { rounds, THOROUGH } from "../support/tier";

/** A reader who reads nothing is let go after half a minute, which a trial waits for. */
const HURRY = THOROUGH ? 1 : 5;
const AHEAD = rounds(80, 300);
const TOKEN = "metrics-token-of-some-length";
let app: App;
let deaf: Talk;
beforeAll(async () => {
  app = await startApp({
    worker: false,
    environment: { METRICS_TOKEN: TOKEN, UNDERSIGNED_HURRY: String(HURRY) },
  });
  await vi.waitFor(async () => expect(await readLetter()).toBe(200), { timeout: 60_000 });
  // From the start: it takes the server twice its patience to lose it.
  deaf = open();
  deaf.socket.pause();
  // More than the kernel keeps for whoever does not read, of what costs the server little.
  for (let time = 0; time < 60; time++)
    deaf.socket.write(`GET /_next/static/chunks/${largestScript()} HTTP/1.1\r\nhost: x\r\n\r\n`);
});
afterAll(() => app.stop());

function largestScript(): string {
  const folder = ".next/static/chunks";
  const size = (name: string) => statSync(join(folder, name)).size;
  const [largest = ""] = readdirSync(folder).toSorted((a, b) => size(b) - size(a));
  return largest;
}

type Talk = { socket: Socket; said(): string; ended: Promise<number> };

/** A connection that notes what it is told, and after how many seconds it was closed. */
function open(): Talk {
  let said = "";
  const begun = performance.now();
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
  socket.on("data", (chunk) => (said += String(chunk))).on("error", () => undefined);
  const ended = new Promise<number>((resolve) =>
    socket.once("close", () => resolve((performance.now() - begun) / 1_000)),
  );
  return { socket, said: () => said, ended };
}

/** Whether the server still holds its end of a connection. Only the kernel tells, until the other end reads or writes. */
function isHeld({ socket }: Talk): boolean {
  const end = (port = 0) => `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const [ours, theirs] = [end(Number(new URL(app.url).port)), end(socket.localPort)];
  return readFileSync("/proc/net/tcp", "utf8").includes(`${ours} ${theirs} 01 `);
}

/** Sends a byte each half second, for as long as the other side listens. */
async function drip({ socket }: Talk, byte: string): Promise<void> {
  while (!socket.destroyed) {
    socket.write(byte);
    await pause(500);
  }
}

const head = (more: string) =>
  `POST /letters/uyghurs/sign?as=individual HTTP/1.1\r\nhost: x\r\norigin: ${app.url}\r\n` +
  `content-type: application/x-www-form-urlencoded\r\n${more}\r\n`;

/** What the process says of itself. */
async function metric(name: string): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const text = await (await fetch(`${app.url}/api/metrics`, { headers })).text();
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")[1],
  );
}

const descriptors = () => metric("process_open_fds");

const readLetter = async () => (await fetch(`${app.url}/letters/uyghurs`)).status;

/** Served while others keep their connections, and not once these are ended. */
async function readersAreServed(beside: Talk[]): Promise<void> {
  await expect.poll(readLetter, { timeout: 20_000 }).toBe(200);
  expect(beside.some(({ socket }) => !socket.destroyed)).toBe(true);
}

describe("connections that cost more than they should", () => {
  it("slow headers and slow bodies are ended in time, and keep nobody else waiting", async () => {
    const slowHeaders = Array.from({ length: 200 }, open);
    for (const one of slowHeaders) {
      one.socket.write("GET / HTTP/1.1\r\nhost: x\r\na: ");
      void drip(one, "b");
    }
    const slowBodies = Array.from({ length: 200 }, open);
    for (const one of slowBodies) {
      one.socket.write(head("content-length: 5000\r\n"));
      void drip(one, "a");
    }
    const silent = Array.from({ length: 200 }, open);
    await readersAreServed(slowHeaders);
    for (const { ended, said } of slowHeaders) {
      expect(await ended).toBeLessThan(10 / HURRY + 5);
      expect(said()).toContain(" 408 ");
    }
    await readersAreServed(slowBodies);
    for (const { ended, said } of slowBodies) {
      expect(await ended).toBeLessThan(15 / HURRY + 7);
      expect(said()).toContain(" 408 ");
    }
    for (const { ended } of silent) expect(await ended).toBeLessThan(30 / HURRY + 5);
  });

  it("a body that is too large is refused before it is sent, and one without a length at once", async () => {
    const large = open();
    large.socket.write(head("content-length: 100000000\r\n"));
    await large.ended;
    expect(large.said()).toContain(" 413 ");
    const endless = open();
    endless.socket.write(head("transfer-encoding: chunked\r\n"));
    expect(await endless.ended).toBeLessThan(10);
    expect(endless.said()).toContain(" 411 ");
  });

  it("a body that breaks off begins nothing", async () => {
    const before = app.log().length;
    const broken = open();
    broken.socket.write(`${head("content-length: 300\r\n")}form=sign&fullName=Ada`);
    await pause(300);
    broken.socket.destroy();
    expect(await readLetter()).toBe(200);
    expect(app.log().slice(before)).not.toContain('"level":"error"');
  });

  it("upgrades are answered as any other request, and leave no descriptor open", async () => {
    const before = await descriptors();
    const asked = Array.from({ length: 50 }, open);
    for (const { socket } of asked)
      socket.write(
        "GET /letters/uyghurs HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
      );
    for (const { ended, said } of asked) {
      await ended;
      expect(said()).toContain(" 200 ");
    }
    const left = Array.from({ length: 50 }, open);
    for (const { socket } of left)
      socket.end("GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    await Promise.all(left.map(({ ended }) => ended));
    await expect.poll(descriptors, { timeout: 20_000 }).toBeLessThan(before + 20);
    expect(await metric('undersigned_http_connections{state="live"}')).toBeLessThan(await descriptors());
    expect(await metric('undersigned_http_connections{state="lost"}')).toBe(0);
  });

  it("a client that asks before it sends its body is told to go on only where the body is wanted", async () => {
    const expects = "expect: 100-continue\r\nconnection: close\r\n";
    const wanted = open();
    wanted.socket.write(head(`content-length: 1\r\n${expects}`));
    await expect.poll(wanted.said).toContain(" 100 Continue");
    wanted.socket.write("a");
    await wanted.ended;
    expect(wanted.said()).toMatch(/ 303 | 422 | 400 /);
    const unwanted = open();
    unwanted.socket.write(head(`content-length: 100000000\r\n${expects}`));
    await unwanted.ended;
    expect(unwanted.said()).toContain(" 413 ");
    expect(unwanted.said()).not.toContain(" 100 ");
  });

  it("a reader who reads nothing is let go", async () => {
    await expect.poll(() => isHeld(deaf), { timeout: 80_000, interval: 500 }).toBe(false);
  });

  it("hundreds of requests that one connection sends ahead keep nobody else waiting, and are all answered", async () => {
    const ahead = open();
    const search = (place: number) =>
      `GET /letters/uyghurs/signatories?q=ahead${place} HTTP/1.1\r\nhost: x\r\n\r\n`;
    ahead.socket.write(Array.from({ length: AHEAD }, (_, place) => search(place)).join(""));
    const answered = () => ahead.said().match(/HTTP\/1\.1 200 /g)?.length ?? 0;
    await vi.waitFor(() => expect(answered()).toBeGreaterThan(0), { timeout: 20_000 });
    // They are worked on one after the other: what others ask for, also what must be made, comes in between.
    expect(await readLetter()).toBe(200);
    expect((await fetch(`${app.url}/letters/uyghurs/signatories?q=between`)).status).toBe(200);
    expect(answered()).toBeLessThan(AHEAD);
    await vi.waitFor(() => expect(answered()).toBe(AHEAD), { timeout: 60_000, interval: 200 });
    ahead.socket.destroy();
  });
});
