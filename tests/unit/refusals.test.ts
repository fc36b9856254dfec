import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HERE, REFUSALS, type Refusal } from "@/lib/http/refusals";
import { LOCALES } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { logTo } from "@/lib/ops/log/log";
import { requestHandler } from "@/server/handle";
import type { NextHandler } from "@/server/render";

const SITE = "https://letters.example.org";
const TOKEN = "0123456789abcdefghijklmno";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const TEXT = { "content-type": "text/plain" };

/** What Next was asked to render. */
const rendered: string[] = [];
let fails = false;
const next: NextHandler = async ({ url = "" }, response) => {
  rendered.push(url);
  if (fails) return void response.writeHead(500).end();
  response.setHeader("content-type", "text/html");
  response.end(`<script>1</script><main>${url}</main><a href="${SITE}${HERE}">again</a>`);
};

let server: Server;
beforeAll(async () => {
  const answer = requestHandler(next, SITE);
  server = createServer((asked, response) => void answer(asked, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});
beforeEach(() => logTo(() => undefined));
afterEach(() => {
  fails = false;
  rendered.length = 0;
});
afterAll(() => server.close());

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

function ask(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      let said = "";
      answer.on("data", (part) => (said += String(part)));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: said }),
      );
    });
    sent.on("error", reject).end(body);
  });
}

const own = { host: "letters.example.org", origin: SITE, ...FORM };
const wrongHost = { host: "www.example.org", origin: "https://www.example.org", ...FORM };

/** Requests that are refused, each with why. */
const REFUSED: [Refusal, string, string, Record<string, string>, string?][] = [
  ["unreadable", "GET", "/%E0%A4%A", {}],
  ["unreadable", "GET", "/?a=%00", {}],
  ["other-site", "POST", "/letters/u/sign", { ...own, origin: "null" }],
  ["other-site", "POST", "/letters/u/sign", { ...own, origin: "https://evil.test" }],
  ["other-site", "POST", "/letters/u/sign", { host: "letters.example.org", ...FORM }],
  ["other-address", "POST", "/letters/u/sign", wrongHost],
  ["broken-link", "GET", `/signatures/${TOKEN.slice(1)}/confirm`, {}],
  ["broken-sign-in-link", "GET", `/admin/sign-in/${TOKEN.slice(1)}`, {}],
  ["no-form", "POST", "/letters/u", own],
  ["no-form", "DELETE", "/letters/u", {}],
  ["other-type", "POST", "/letters/u/sign", { ...own, ...TEXT }],
  ["no-length", "POST", "/letters/u/sign", { ...own, "transfer-encoding": "chunked" }],
  ["too-large", "POST", "/letters/u/sign", { ...own, "content-length": "70000" }, "a".repeat(70_000)],
];

describe("a refusal", () => {
  // The first of all: what another test asked for would be kept.
  it("is words all the same where no page can be rendered, and a page as soon as one can", async () => {
    fails = true;
    const words = await ask("PATCH", "/ar/x");
    expect([words.status, words.headers["content-type"]]).toEqual([405, "text/plain; charset=utf-8"]);
    expect(words.body).toMatch(/^\p{Script=Arabic}.*\n$/u);
    fails = false;
    expect((await ask("PATCH", "/ar/x")).headers["content-type"]).toBe("text/html; charset=utf-8");
  });

  it.each(REFUSED)("%s: %s %s is a page in the language of the address", async (refusal, ...asked) => {
    const [method, path, headers, body] = asked;
    for (const [locale, address] of [
      ["en", path],
      ["ar", `/ar${path}`],
    ] as const) {
      const answer = await ask(method, address, headers, body);
      expect(answer.status).toBe(REFUSALS[refusal].status);
      expect(answer.body).toContain(`<main>/${locale}/refused/${refusal}</main>`);
      expect(answer.body).not.toContain("<script");
      expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.headers["content-security-policy"]).toContain("script-src 'none'");
    }
  });

  it.each(REFUSED)("%s: %s %s never enters Next again once it was rendered", async (_, ...asked) => {
    const [method, path, headers, body] = asked;
    await ask(method, path, headers, body);
    rendered.length = 0;
    for (let time = 0; time < 20; time += 1) await ask(method, path, headers, body);
    expect(rendered).toEqual([]);
  });

  it("is JSON with a code for a script, which has a sentence for it, and JSON with words below /api", async () => {
    for (const [refusal, method, path, headers, body] of REFUSED) {
      const answer = await ask(method, path, { ...headers, accept: "application/json" }, body);
      const { code, status } = REFUSALS[refusal];
      expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { errors: { "": [code] } }]);
      for (const locale of LOCALES) expect(loadMessages(locale).errors.form).toHaveProperty(code);
    }
    const api = await ask("PUT", "/api/v1/letters/u");
    expect([api.status, JSON.parse(api.body)]).toEqual([
      405,
      { error: { code: "stale", message: expect.stringMatching(/\w+ \w+/) } },
    ]);
  });

  it("leads to the same page at the site's own address, and lets nothing out of its attribute", async () => {
    const { body } = await ask("POST", "/ar/letters/u/sign?as=individual&x=%22'>", wrongHost);
    expect(body).toContain(`href="${SITE}/ar/letters/u/sign?as=individual&#38;x=%22%27%3E"`);
    const elsewhere = await ask("POST", "//evil.test/a", { ...own, origin: "null" });
    expect(elsewhere.body).toContain(`href="${SITE}/a"`);
  });

  it("has no body for HEAD, and closes only what has a body that nobody reads", async () => {
    const head = await ask("HEAD", "/%E0%A4%A");
    expect([head.status, head.body]).toEqual([400, ""]);
    expect((await ask("POST", "/x", own)).headers.connection).toBe("close");
  });

  it("has a title and a text in every language, and speaks of waiting only where waiting helps", () => {
    for (const locale of LOCALES) {
      const { refused } = loadMessages(locale).site as {
        refused: Record<string, { title: string; text: string }>;
      };
      for (const [refusal, { status }] of Object.entries(REFUSALS)) {
        const words = refused[refusal];
        expect([refusal, words?.title.length, words?.text.length].every(Boolean), refusal).toBe(true);
        const waits = /\b(?:wait|minutes?)\b|انتظر|دقيقة/i.test(`${words?.title} ${words?.text}`);
        expect([refusal, waits]).toEqual([refusal, status === 429]);
      }
    }
  });
});
