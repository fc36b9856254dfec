import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cache } from "@/lib/cache/tagged-cache";
import { logTo } from "@/lib/ops/log/log";
import { registry } from "@/lib/ops/metrics/registry";
import { shortWay } from "@/server/from-memory";
import { idReader, requestHandler } from "@/server/handle";
import type { NextHandler } from "@/server/render";
import { KINDS, type Route } from "@/server/routes";

const SITE = "https://letters.example.org";
const TAG = "letter:names";
const TABLE: Route[] = [
  { ...KINDS.document, pattern: "/names" },
  { ...KINDS.shell, pattern: "/form", cache: "restorable" },
  { ...KINDS.json, pattern: "/api/counts", cache: "public" },
  { ...KINDS.embed, pattern: "/embed" },
];

let closesAt = Number.POSITIVE_INFINITY;
const next: NextHandler = async ({ url }, response) => {
  await cache.remember(`read for ${url}`, async (scope) => {
    scope.dependsOn([TAG]);
    scope.until(closesAt);
  });
  response.setHeader("content-type", url?.startsWith("/api/") ? "application/json" : "text/html");
  response.end(`<p>${url}</p>`.repeat(500));
};

let server: Server;
let longWays = 0;
beforeAll(async () => {
  cache.trust(true);
  const short = shortWay(SITE, idReader(["loopback"]));
  const long = requestHandler(next, SITE, ["loopback"], TABLE);
  server = createServer((asked, response) => {
    if (short(asked, response)) return;
    longWays += 1;
    void long(asked, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});
beforeEach(() => {
  logTo(() => undefined);
  cache.clear();
  longWays = 0;
  closesAt = Number.POSITIVE_INFINITY;
});
afterAll(() => server.close());

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, body: Buffer.concat(parts) });
      });
    });
    sent.on("error", reject).end();
  });
}

/** Without what differs from answer to answer. */
function same({ status, headers, body }: Answer) {
  const { date, "x-request-id": id, ...rest } = headers;
  expect([date, id].every(Boolean)).toBe(true);
  return { status, headers: rest, body: body.toString("latin1") };
}

it.each(["/names", "/form", "/api/counts", "/embed"])(
  "%s says the same by the short way as by the long one, to everybody who asks",
  async (path) => {
    for (const encoding of ["br", "gzip", "identity", "br;q=0, gzip"]) {
      const asked = { "accept-encoding": encoding };
      cache.clear();
      longWays = 0;
      const ways = [await ask(path, asked), await ask(path, asked)] as const;
      expect(longWays).toBe(1);
      expect(same(ways[1])).toEqual(same(ways[0]));
      const [expected] = encoding.startsWith("br;") ? ["gzip"] : [encoding];
      expect(ways[1].headers["content-encoding"] ?? "identity").toBe(expected);
      const head = await ask(path, asked, "HEAD");
      expect([head.body.length, head.headers["content-length"]]).toEqual([
        0,
        ways[0].headers["content-length"],
      ]);
      const again = await ask(path, { ...asked, "if-none-match": String(ways[0].headers.etag) });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      expect(again.headers["content-security-policy"]).toBe(ways[0].headers["content-security-policy"]);
      expect(longWays).toBe(1);
    }
  },
);

it("lets others keep what bears no name for longer than what does", async () => {
  const kept = async (path: string) => {
    await ask(path);
    return (await ask(path)).headers["cache-control"];
  };
  expect(await kept("/names")).toBe("public, max-age=0, s-maxage=5");
  expect(await kept("/embed")).toBe("public, max-age=0, s-maxage=5");
  expect(await kept("/api/counts")).toBe("public, max-age=0, s-maxage=5, stale-while-revalidate=30");
  expect(await kept("/form")).toBe("private, no-cache");
});

it("forgets at once what has changed, and what it is too late for", async () => {
  await ask("/names");
  await ask("/names");
  expect(longWays).toBe(1);
  cache.invalidate(TAG);
  await ask("/names");
  expect(longWays).toBe(2);
  cache.clear();
  closesAt = Date.now() + 1_300;
  await ask("/names");
  expect((await ask("/names")).headers["cache-control"]).toBe("public, max-age=0, s-maxage=1");
  expect(longWays).toBe(3);
  await pause(closesAt - Date.now() + 50);
  await ask("/names");
  expect(longWays).toBe(4);
});

it("answers nothing that was not asked for in the same words before, and no other method", async () => {
  await ask("/names");
  for (const path of ["/names/", "/names?utm=1", "/ar/names"]) await ask(path);
  expect(longWays).toBe(4);
  expect((await ask("/names", { origin: SITE }, "POST")).status).toBe(415);
  expect(longWays).toBe(5);
});

it("names each answer, by a trusted proxy's name or one of its own, and counts it without a line in the log", async () => {
  const lines: string[] = [];
  logTo((line) => lines.push(line));
  await ask("/names");
  const [before] = lines.splice(0);
  expect(before).toContain('"route":"/[locale]/names"');
  const given = await ask("/names", { "x-request-id": "from-the-proxy-1" });
  expect(given.headers["x-request-id"]).toBe("from-the-proxy-1");
  const ids = [await ask("/names"), await ask("/names")].map(({ headers }) => headers["x-request-id"]);
  expect(new Set(ids).size).toBe(2);
  expect(lines).toEqual([]);
  expect(await registry().metrics()).toMatch(/^undersigned_answered_from_memory_total\{status="200"\} \d+$/m);
});
