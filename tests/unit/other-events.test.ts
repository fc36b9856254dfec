import { EventEmitter, once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countConnections } from "@/lib/ops/metrics/connections";
import { passHotReload } from "@/server/hot-reload";
import { answerOtherEvents } from "@/server/other-events";
import { refusers } from "@/server/refuse";

let server: Server;
let asked: string[];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    request.resume().on("end", () => response.end("page"));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const { refuse, clientError } = refusers({ "x-common": "yes" });
const dial = () => connect((server.address() as AddressInfo).port);

/** Sends bytes and returns all that comes back until the server closes the connection. */
async function talk(bytes: string): Promise<string> {
  const socket = dial();
  let said = "";
  socket.on("data", (part) => (said += String(part)));
  socket.write(bytes);
  await once(socket, "close");
  return said;
}

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`;

describe("an HTTP server's events besides requests", () => {
  beforeEach(() =>
    answerOtherEvents(server, { mayContinue: ({ url }) => url === "/may", refuse, clientError }),
  );

  it("an upgrade is answered as any other request, the last of its connection", async () => {
    const said = await talk(upgrade("/a") + upgrade("/b"));
    expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*connection: close\r\n[\s\S]*page$/i);
    expect(asked).toEqual(["/a"]);
  });

  it("a tunnel is refused, and what is no HTTP", async () => {
    for (const [bytes, status] of [
      ["CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n", "405 Method Not Allowed"],
      ["HELO x\r\n\r\n", "400 Bad Request"],
    ])
      expect(await talk(bytes ?? "")).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\nx-common: yes\r\n`));
    expect(asked).toEqual([]);
  });

  it("a body is asked for only where it is wanted, and other expectations are ignored", async () => {
    const post = (path: string, expectation: string) =>
      `POST ${path} HTTP/1.1\r\nhost: x\r\nexpect: ${expectation}\r\nconnection: close\r\ncontent-length: 1\r\n\r\na`;
    expect(await talk(post("/may", "100-continue"))).toMatch(/^HTTP\/1\.1 100 [\s\S]* 200 /);
    expect(await talk(post("/not", "100-continue"))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await talk(post("/may", "miracles"))).toMatch(/^HTTP\/1\.1 200 /);
    expect(asked).toEqual(["/may", "/not", "/may"]);
  });
});

describe("upgrades while developing", () => {
  it("only the hot-reload socket reaches Next, and it keeps no server from stopping", async () => {
    const next = new EventEmitter();
    const end = passHotReload(server, next, refuse);
    expect(await talk(upgrade("/_next/hmr"))).toMatch(/^HTTP\/1\.1 400 /);
    next.on("upgrade", (_, socket: Duplex) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
    expect(await talk(upgrade("/letters/uyghurs"))).toMatch(/^HTTP\/1\.1 400 /);
    const socket = dial();
    socket.write(upgrade("/_next/hmr?id=1"));
    expect(String(await once(socket, "data"))).toContain(" 101 ");
    const closed = new Promise((resolve) => server.close(resolve));
    end();
    await Promise.all([closed, once(socket, "close")]);
  });
});

describe("the count of connections", () => {
  let now = 0;
  const count = async (register: Registry) => {
    const text = await register.metrics();
    return ["live", "lost"].map((state) => Number(new RegExp(`${state}"} (\\d+)`).exec(text)?.[1]));
  };

  it("tells those that nobody speaks on any longer from live ones", async () => {
    const register = new Registry();
    countConnections(server, register, () => now);
    const lost: Socket[] = [];
    // As Next does with sockets of unknown targets.
    server.on("upgrade", (_, socket: Socket) => void lost.push(socket));
    const abandoned = dial();
    abandoned.end(upgrade("/"));
    await once(server, "upgrade");
    expect(await count(register)).toEqual([1, 0]);
    now += 61_000;
    const reader = dial();
    reader.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    await once(reader, "data");
    expect(await count(register)).toEqual([1, 1]);
    for (const socket of [...lost, reader]) socket.destroy();
    await expect.poll(() => count(register)).toEqual([0, 0]);
  });
});
