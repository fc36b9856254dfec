import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { commonHeaders } from "@/server/headers";
import { validSession } from "../support/admin-sessions";
import { endpointPaths, formPaths, type Parameters, pagePaths } from "../support/all-routes";
import { type App, startApp } from "../support/app";
import { individual } from "../support/letters";
import { waitingSignature } from "../support/moderators";
import { cases } from "../support/tier";

/** As behind a proxy with TLS, where everything is demanded of a browser. */
const SITE = "https://letters.example.org";
let app: App;
let cookie: string;
let parameters: Parameters;

beforeAll(async () => {
  app = await startApp({
    worker: false,
    environment: { PUBLIC_URL: SITE, TRUSTED_PROXIES: "none", ADMIN_SECOND_FACTOR: "optional" },
  });
  process.env.DATABASE_URL = app.databaseUrl;
  const { signatureId } = await waitingSignature("uyghurs", individual(), new Date());
  cookie = `__Host-undersigned-admin=${await validSession()}`;
  parameters = { slug: "uyghurs", token: "unknown", id: signatureId };
});
afterAll(async () => {
  await db.$disconnect();
  await app.stop();
});

type Ask = { method?: string; headers?: Record<string, string>; body?: string };
// The tests' own address: the app listens where it listens, whatever readers call it.
const ask = (path: string, { method, headers, body }: Ask = {}) =>
  fetch(`http://localhost:${new URL(app.url).port}${path}`, { method, headers, body, redirect: "manual" });
const FORM = { "content-type": "application/x-www-form-urlencoded" };

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split(";").map((part) => [part.trim().split(" ")[0] ?? "", part.trim().split(" ").slice(1)]),
  );
}

/** What every answer must carry, whatever it is. */
function expectHeaders({ headers }: Response, what: string): Map<string, string[]> {
  const fixed = Object.entries(commonHeaders(SITE));
  expect(fixed.length).toBeGreaterThanOrEqual(6);
  for (const [name, value] of fixed) expect([what, name, headers.get(name)]).toEqual([what, name, value]);
  expect(headers.get("x-request-id"), what).toMatch(/^[\w.-]{8,64}$/);
  for (const name of ["x-powered-by", "server"]) expect([what, headers.get(name)]).toEqual([what, null]);
  const policy = directives(headers.get("content-security-policy") ?? "");
  expect(policy.get("default-src"), what).toEqual(["'none'"]);
  expect(policy.get("base-uri"), what).toEqual(["'none'"]);
  expect(policy.get("frame-ancestors"), what).toEqual(["'none'"]);
  const sources = [...policy.values()].flat();
  // Nobody else's machine, nothing inline, nothing made of text.
  expect(
    sources.filter((one) => /unsafe|http|\*|data:|\./.test(one)),
    what,
  ).toEqual([]);
  return policy;
}

async function expectOwnSourcesOnly(response: Response, what: string): Promise<void> {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return;
  const loaded = (await response.text()).matchAll(
    /<(script|link|img|iframe|source|video)\b[^>]*\b(?:src|href)="(\w+:)?\/\/[^>]*>/g,
  );
  const foreign = [...loaded].map(([tag]) => tag).filter((tag) => !/rel="(?:canonical|alternate)"/.test(tag));
  expect([what, foreign]).toEqual([what, []]);
}

describe("headers of every answer", () => {
  it("pages and documents, for anybody and for an administrator", async () => {
    const paths = pagePaths(parameters);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths.flatMap((one) => cases([one, `/ar${one}`])))
      for (const headers of [{ cookie: "" }, { cookie }]) {
        const response = await ask(path, { headers });
        const policy = expectHeaders(response, path);
        await expectOwnSourcesOnly(response.clone(), path);
        const [script = ""] = policy.get("script-src") ?? ["'none'"];
        const isDocument = response.headers.get("cache-control")?.includes("public") ?? false;
        if (isDocument) expect([path, script]).toEqual([path, "'none'"]);
        else expect(response.headers.get("cache-control"), path).toMatch(/no-store|no-cache/);
        if (path.includes("/admin") || path.endsWith("/sign"))
          expect([path, isDocument]).toEqual([path, false]);
      }
    expect((await ask("/admin", { headers: { cookie } })).status).toBe(200);
  });

  it("a page where people type runs files of the site and the scripts that its policy names", async () => {
    const [self, ...hashes] =
      expectHeaders(await ask("/letters/uyghurs/sign?as=individual"), "sign").get("script-src") ?? [];
    expect(self).toBe("'self'");
    expect(hashes.length).toBeGreaterThan(0);
    for (const hash of hashes) expect(hash).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
  });

  it("a page that is made for one visitor has a nonce of its own at each request", async () => {
    const nonce = async () =>
      expectHeaders(await ask("/admin", { headers: { cookie } }), "admin").get("script-src") ?? [];
    const [first, second] = [await nonce(), await nonce()];
    expect(first[0]).toMatch(/^'nonce-[A-Za-z0-9+/=]{20,}'$/);
    expect(first[0]).not.toBe(second[0]);
  });

  it("forms, answered and refused", async () => {
    const paths = formPaths(parameters);
    expect(paths.length).toBeGreaterThanOrEqual(5);
    for (const path of paths)
      for (const accept of ["text/html", "application/json"]) {
        const own = { origin: SITE, accept, cookie, ...FORM };
        for (const headers of [own, { ...own, origin: "https://evil.test" }, { ...own, cookie: "" }]) {
          // Signing out would end the session that the other tests need.
          if (path.endsWith("sign-out") && headers.cookie) continue;
          expectHeaders(await ask(path, { method: "POST", headers, body: "form=x" }), `POST ${path}`);
        }
      }
  });

  it("endpoints by every method, and what is nobody's", async () => {
    const paths = [...endpointPaths(parameters), "/api/v1/letters/none", "/nothing", "/_next/static/none.js"];
    for (const path of paths)
      for (const method of ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]) {
        const headers = { origin: SITE, ...FORM };
        const response = await ask(path, { method, headers, ...(method === "POST" ? { body: "" } : {}) });
        expectHeaders(response, `${method} ${path}`);
        expect(response.status, `${method} ${path}`).toBeLessThan(500);
      }
  });

  it("an id that a visitor gives a request is not taken where no proxy is trusted", async () => {
    const own = "mark-of-a-visitor";
    const asked = await ask("/signatures", { headers: { "x-request-id": own } });
    expect([...asked.headers].flat().join()).not.toContain(own);
  });

  it("metrics do not exist where no token is set for them", async () => {
    const asked = await ask("/api/metrics", { headers: { authorization: "Bearer " } });
    expectHeaders(asked, "metrics");
    expect(asked.status).toBe(404);
  });

  it("assets, redirects, refusals", async () => {
    const css = /\/_next\/static\/[^"]+\.css/.exec(await (await ask("/")).text())?.[0] ?? "";
    const post = (headers: Record<string, string>, body = "a=b") =>
      ask("/letters/uyghurs/sign", { method: "POST", headers: { origin: SITE, ...FORM, ...headers }, body });
    const answers: [string, Promise<Response>, number][] = [
      ["asset", ask(css), 200],
      ["redirect", ask("/en/letters/uyghurs"), 308],
      ["unreadable", ask("/%E0%A4%A"), 400],
      ["control characters", ask("/?a=%00"), 400],
      ["type", post({ "content-type": "text/plain" }), 415],
      ["size", post({}, "a".repeat(65 * 1024)), 413],
      ["not modified", ask("/", { headers: { "if-none-match": "*" } }), 304],
      ["what may be done with a page", ask("/letters/uyghurs", { method: "OPTIONS" }), 405],
      ["preflight", ask("/api/v1/letters/uyghurs", { method: "OPTIONS" }), 204],
    ];
    for (const [what, answer, status] of answers) {
      const response = await answer;
      expect([what, response.status]).toEqual([what, status]);
      expectHeaders(response, what);
    }
  });

  it("what is no HTTP, wants another protocol, or expects something", async () => {
    const raw: [string, string, RegExp][] = [
      ["no HTTP", "HELO letters\r\n\r\n", / 400 /],
      ["headers too large", `GET / HTTP/1.1\r\nhost: x\r\na: ${"b".repeat(20_000)}\r\n\r\n`, / 431 /],
      [
        "two lengths",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na",
        / 400 /,
      ],
      ["expectation", "GET / HTTP/1.1\r\nhost: x\r\nexpect: miracles\r\nconnection: close\r\n\r\n", / 200 /],
      [
        "chunked",
        "POST /letters/uyghurs/sign HTTP/1.1\r\nhost: x\r\n" +
          `origin: ${SITE}\r\ncontent-type: ${FORM["content-type"]}\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
        / 411 /,
      ],
      // As `curl --http2` asks; a second request in the same packet must not be lost in silence.
      [
        "HTTP/2",
        "GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n",
        / 200 /,
      ],
      [
        "WebSocket",
        "GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        / 200 /,
      ],
      ["CONNECT", "CONNECT evil.test:443 HTTP/1.1\r\nhost: evil.test\r\n\r\n", / 405 /],
    ];
    for (const [what, bytes, status] of raw) {
      const [head = ""] = (await talk(bytes)).split("\r\n\r\n");
      expect(head.split("\r\n")[0], what).toMatch(status);
      for (const [name, value] of Object.entries(commonHeaders(SITE)))
        expect(head.toLowerCase(), what).toContain(`${name}: ${value.toLowerCase()}`);
      expect(head, what).toContain("frame-ancestors 'none'");
      expect(head.toLowerCase(), what).toContain("connection: close");
    }
  });
});

/** Sends bytes over a connection and returns what comes back until the server closes it. */
function talk(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(Number(new URL(app.url).port), "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => (said += String(chunk)));
    socket.on("close", () => resolve(said)).on("error", () => {});
  });
}

describe("a request forged by another site", () => {
  const evil = [
    undefined,
    "null",
    "",
    "https://evil.test",
    "https://letters.example.org.evil.test",
    "http://letters.example.org",
    `${SITE}/`,
    "letters.example.org",
    `${SITE}, https://evil.test`,
  ];

  it("is refused at every address that takes a POST, whatever else it says", async () => {
    // The provider's calls are signed instead.
    const own = endpointPaths(parameters).filter((path) => !path.startsWith("/api/webhooks/"));
    for (const path of [...formPaths(parameters), ...own, "/nothing"].flatMap((one) =>
      one.startsWith("/api") ? [one] : [one, `/ar${one}`],
    ))
      for (const origin of evil) {
        const headers = {
          ...FORM,
          cookie,
          "x-forwarded-host": "evil.test",
          ...(origin === undefined ? {} : { origin }),
        };
        const { status } = await ask(path, { method: "POST", headers, body: "form=x" });
        expect([path, origin, status]).toEqual([path, origin, 403]);
      }
  });
});

it("strict transport security is demanded only where readers come by TLS", () => {
  expect(commonHeaders("http://localhost:3000")).not.toHaveProperty("strict-transport-security");
  expect(commonHeaders(SITE)["strict-transport-security"]).toMatch(/^max-age=31536000/);
});
