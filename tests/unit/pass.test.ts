import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough, type Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isHeadOnly, requestContext } from "@/lib/http/request-context";
import { logTo } from "@/lib/ops/log/log";
import { requestHandler } from "@/server/handle";
import type { NextHandler } from "@/server/render";
import { KINDS, type Kind, type Route } from "@/server/routes";

const SITE = "https://letters.example.org";
const MIB = 1024 * 1024;
const FORM_TYPE = "application/x-www-form-urlencoded";
const ROW = { bytes: 2 * MIB, ms: 15_000 };

/** Lines for what the program has not got yet. */
const line = (kind: Kind, pattern: string, own: Partial<Route> = {}): Route => ({
  ...KINDS[kind],
  pattern,
  ...own,
});
const TABLE = [
  line("page", "/page"),
  line("page", "/frame", { frame: "anybody" }),
  line("embed", "/embed"),
  line("form", "/letter", { body: ROW }),
  line("form", "/small"),
  line("json", "/api/list"),
  line("json", "/api/list/[id]", {
    methods: ["PUT", "PATCH", "DELETE"],
    access: "secret",
    origin: "key",
    body: ROW,
  }),
  line("upload", "/upload", { body: { bytes: 8 * MIB, ms: 600_000 }, deadline: 600_000 }),
  line("stream", "/stream", { deadline: 400 }),
];

/** What the test wants Next to do, and what it was asked. */
let play: NextHandler;
const next: NextHandler = (...asked) => play(...asked);

let server: Server;
beforeAll(async () => {
  const answer = requestHandler(next, SITE, [], TABLE);
  server = createServer((asked, response) => void answer(asked, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});
beforeEach(() => logTo(() => undefined));
afterAll(() => server.close());

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Sent = { method?: string; headers?: Record<string, string>; body?: string | Readable };

function begin(
  path: string,
  { method = "GET", headers = {}, body = "" }: Sent = {},
): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, resolve);
    sent.on("error", reject);
    if (typeof body === "string") sent.end(body);
    else body.pipe(sent);
  });
}

async function textOf(stream: Readable): Promise<string> {
  let text = "";
  for await (const part of stream) text += String(part);
  return text;
}

async function ask(path: string, sent: Sent = {}): Promise<Answer> {
  const answer = await begin(path, sent);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await textOf(answer) };
}

const form = (path: string, body: string, more: Record<string, string> = {}) =>
  ask(path, {
    method: "POST",
    body,
    headers: { origin: SITE, "content-type": FORM_TYPE, "content-length": String(body.length), ...more },
  });

describe("what goes straight to Next", () => {
  it("is a page under a nonce of its own, with the server's word on who keeps it", async () => {
    play = async (asked, response) => {
      response.setHeader("cache-control", "s-maxage=31536000");
      response.setHeader("link", "</a.js>; rel=preload");
      response.end(`${asked.url} ${asked.headers["content-security-policy"]}`);
    };
    const { status, headers, body } = await ask("/page?a=1", { headers: { "if-none-match": "*" } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "private, no-store", "x-frame-options": "DENY" });
    expect(headers.link ?? "").not.toContain("/a.js");
    expect(headers["content-security-policy"]).toMatch(
      /frame-ancestors 'none'.*'nonce-[^']+' 'strict-dynamic'/,
    );
    expect(body).toBe(`/en/page?a=1 ${headers["content-security-policy"]}`);
    expect((await ask("/page", { method: "HEAD" })).body).toBe("");
  });

  it("knows whether its head alone is asked for", async () => {
    play = async (asked, response) => {
      response.setHeader("x-asked", `${asked.method} ${isHeadOnly()}`);
      response.end();
    };
    expect((await ask("/stream", { method: "HEAD" })).headers["x-asked"]).toBe("GET true");
    expect((await ask("/stream")).headers["x-asked"]).toBe("GET false");
  });

  it("has the status that its rendering sets", async () => {
    play = async (_, response) => {
      Object.assign(requestContext.getStore() ?? {}, { status: 404 });
      response.end("gone");
    };
    expect(await ask("/page")).toMatchObject({ status: 404, body: "gone" });
    play = async (_, response) => {
      Object.assign(requestContext.getStore() ?? {}, { status: 503 });
      response.end("later");
    };
    expect(await ask("/page")).toMatchObject({ status: 503, headers: { "retry-after": "10" } });
  });

  it.each([
    ["throws", async () => Promise.reject(new Error("no"))],
    [
      "ends with 500",
      async (_, response) => void response.writeHead(500, { "x-left": "1" }).end("<p>secret"),
    ],
    [
      "ends with 500 after a header",
      async (_, response) => {
        response.setHeader("x-left", "1");
        response.statusCode = 500;
        response.end("<p>secret");
      },
    ],
    ["gives up", async (_, response) => void response.destroy()],
    ["says nothing at all", async () => undefined],
  ] as [string, NextHandler][])("is answered 503 where Next %s", async (_, fails) => {
    play = async (asked, response) =>
      asked.url === "/en/unavailable"
        ? void response.writeHead(503).end("<p>later</p>")
        : fails(asked, response);
    const { status, headers, body } = await ask("/page");
    expect([status, headers["retry-after"], headers["x-left"]]).toEqual([503, "10", undefined]);
    expect(body).toBe("<p>later</p>");
    expect(await ask("/api/list")).toMatchObject({
      status: 503,
      body: expect.stringContaining("unavailable"),
    });
  });

  it("is answered 503 once its deadline is over, and what Next says later goes nowhere", async () => {
    let late: Promise<void> | undefined;
    play = async (asked, response) => {
      if (asked.url === "/en/unavailable") return void response.writeHead(503).end("<p>later</p>");
      late = pause(700).then(() => {
        response.setHeader("x-late", "1");
        response.writeHead(200).end("late");
      });
      await late;
    };
    const { status, body } = await ask("/stream");
    expect([status, body]).not.toContain("late");
    expect(status).toBe(503);
    await late;
    expect((await ask("/nothing")).status).toBe(404);
  });
});

describe("the columns of the table", () => {
  it("let a letter of 200,000 characters through a form whose line says so, and no other", async () => {
    const letter = new URLSearchParams({ body: "ئۇ".repeat(100_000) }).toString();
    play = async (asked, response) =>
      void response.end(String(new URLSearchParams(await textOf(asked)).get("body")?.length));
    expect(await form("/letter", letter)).toMatchObject({ status: 200, body: "200000" });
    expect((await form("/small", letter)).status).toBe(413);
  });

  it("let an upload reach its handler as it comes, up to the size of its line", async () => {
    const seen: number[] = [];
    const body = new PassThrough();
    play = async (asked, response) => {
      let bytes = 0;
      for await (const part of asked) {
        bytes += part.length;
        seen.push(bytes);
        // The second half is sent only once the first has been read.
        if (bytes === 4 * MIB) body.end(Buffer.alloc(4 * MIB));
      }
      response.end(String(bytes));
    };
    const headers = {
      origin: SITE,
      "content-type": "multipart/form-data; boundary=x",
      "content-length": String(8 * MIB),
    };
    body.write(Buffer.alloc(4 * MIB));
    expect(await ask("/upload", { method: "POST", headers, body })).toMatchObject({
      status: 200,
      body: String(8 * MIB),
    });
    expect(seen.length).toBeGreaterThan(1);
    const larger = { ...headers, "content-length": String(8 * MIB + 1) };
    expect((await ask("/upload", { method: "POST", headers: larger })).status).toBe(413);
    const foreign = { ...headers, origin: "https://evil.test" };
    expect((await ask("/upload", { method: "POST", headers: foreign })).status).toBe(403);
  });

  it("let a download be sent as it is made, for longer than an answer's deadline", async () => {
    const source = new PassThrough();
    play = async (_, response) => {
      response.setHeader("content-type", "text/csv");
      source.pipe(response);
      await new Promise((resolve) => response.once("close", resolve));
    };
    source.write("first\n");
    const answer = await begin("/stream");
    expect(answer.headers["content-security-policy"]).toContain("sandbox");
    const parts: string[] = [];
    answer.on("data", (part) => parts.push(String(part)));
    await expect.poll(() => parts.join("")).toBe("first\n");
    await pause(600);
    source.end("last\n");
    await new Promise((resolve) => answer.once("end", resolve));
    expect(parts.join("")).toBe("first\nlast\n");
  });

  it("let programs change things with a key, and nobody by a page's form", async () => {
    play = async (asked, response) =>
      void response.end(`${asked.method} ${asked.url} ${await textOf(asked)}`);
    const key = { authorization: "Bearer of-a-program", "content-type": "application/json" };
    for (const method of ["PUT", "PATCH"])
      expect(
        await ask("/api/list/1", { method, body: "{}", headers: { ...key, "content-length": "2" } }),
      ).toMatchObject({ status: 200, body: `${method} /api/list/1 {}` });
    expect(await ask("/api/list/1", { method: "DELETE", headers: key })).toMatchObject({ status: 200 });
    const bare = { origin: SITE, "content-type": "application/json", "content-length": "2" };
    expect((await ask("/api/list/1", { method: "PUT", body: "{}", headers: bare })).status).toBe(403);
    const other = { ...key, "content-type": FORM_TYPE, "content-length": "2" };
    expect((await ask("/api/list/1", { method: "PUT", body: "{}", headers: other })).status).toBe(415);
    const get = await ask("/api/list/1");
    expect([get.status, get.headers.allow]).toEqual([405, "PUT, PATCH, DELETE"]);
    const preflight = await ask("/api/list/1", { method: "OPTIONS" });
    expect(preflight.headers["access-control-allow-methods"]).toBe("GET, HEAD, PUT, PATCH, DELETE");
  });

  it("let others frame a page, made at once or kept, whose line says so", async () => {
    play = async (_, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<script>1</script><p>framed</p>");
    };
    for (const path of ["/frame", "/embed", "/embed"]) {
      const { headers } = await ask(path);
      expect([path, headers["x-frame-options"]]).toEqual([path, undefined]);
      expect(headers["content-security-policy"]).toContain("frame-ancestors *;");
    }
    expect((await ask("/embed")).headers["content-security-policy"]).toContain("script-src 'none'");
  });
});
