import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { PROJECT } from "@/lib/project-folder";
import { FORMS } from "../support/access-matrix";
import { validSession } from "../support/admin-sessions";
import { endpointPaths, filled, formPaths, type Parameters, pagePaths } from "../support/all-routes";
import { type App, startApp } from "../support/app";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { besideLateness, expectInTime } from "../support/lateness";
import { individual } from "../support/letters";
import { waitingSignature } from "../support/moderators";
import { inLanes } from "../support/post";
import { type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";
import { ticked } from "../support/ticked";
import { cases, THOROUGH } from "../support/tier";

/** In everything that a person could send: none of these may be written anywhere. */
const CANARY = "Zanzibarquux";
const ADDRESS = "zanzibarquux@canary.example";
const TOKEN = "ZanzibarquuxZanzibarquuxZanzibarquuxZanzibar";
/** Whole, and nobody's. */
const LINK = "x".repeat(25);
const CLIENT = "203.0.113.77";

let postgres: FaultyPostgres;
let provider: ResendStandIn;
let app: App;
let parameters: Parameters;
let cookie: string;
let folder: string;

beforeAll(async () => {
  postgres = await startFaultyPostgres();
  provider = await startResendStandIn();
  folder = await mkdtemp(join(tmpdir(), "undersigned-connections-"));
  const environment = {
    NODE_OPTIONS: `--import ${pathToFileURL(join(PROJECT, "tests/support/outgoing-connections.mjs"))}`,
    OUTGOING_CONNECTIONS: join(folder, "connections"),
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: provider.url,
    TRUSTED_PROXIES: "loopback",
    ADMIN_EMAILS: ADDRESS,
    METRICS_TOKEN: "a-token-of-some-length",
    LOG_LEVEL: "debug",
  };
  app = await startApp({ databaseUrl: postgres.url, environment });
  process.env.DATABASE_URL = postgres.url;
  const { signatureId } = await waitingSignature("uyghurs", individual(), new Date());
  parameters = { slug: "uyghurs", token: TOKEN, id: signatureId };
  cookie = `undersigned-admin=${await validSession()}`;
});
afterAll(async () => {
  await db.$disconnect();
  await app?.stop();
  await provider?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every field that any form has, filled with what can be recognised. */
const FIELDS = {
  email: ADDRESS,
  fullName: `${CANARY} Exampleton`,
  organisationName: `${CANARY} Ltd`,
  representativeName: CANARY,
  representativeRole: CANARY,
  website: `https://${CANARY}.example.org/`,
  title: CANARY,
  position: CANARY,
  affiliation: CANARY,
  orcid: CANARY,
  comment: CANARY,
  reason: CANARY,
  name: CANARY,
  note: CANARY,
  pattern: ADDRESS,
  address: ADDRESS,
  code: TOKEN,
  text: CANARY,
};
const VALID = { ...FIELDS, orcid: "", country: "GB", visibility: "public", consent: "on", authority: "on" };

type Extra = Record<string, string>;
function ask(path: string, init: RequestInit & { headers?: Extra } = {}) {
  const headers = {
    origin: app.url,
    "user-agent": CANARY,
    referer: `https://elsewhere.example/${TOKEN}`,
    "x-forwarded-for": CLIENT,
    "accept-language": CANARY,
    ...init.headers,
  };
  return fetch(app.url + path, { redirect: "manual", ...init, headers }).then(
    (response) => response.status,
    () => 0,
  );
}
const post = (path: string, values: Extra, headers: Extra = {}) =>
  ask(path, { method: "POST", headers, body: new URLSearchParams(values) });

const mailTo = (address: string) => provider.accepted.find(({ to }) => String(to) === address);

/** Signs and confirms by the link of a real mail. @returns the link's token */
async function confirmByMail(): Promise<string> {
  const email = `linked.${ADDRESS}`;
  await post("/letters/uyghurs/sign?as=individual", { ...VALID, email, form: "sign" });
  await expect.poll(() => mailTo(email), { timeout: 30_000 }).toBeDefined();
  const [, token = ""] = /signatures\/([0-9a-z]{25})\/confirm/.exec(mailTo(email)?.text ?? "") ?? [];
  const path = `/signatures/${token}/confirm`;
  for (const method of ["GET", "HEAD"]) expect(await ask(path, { method })).toBe(200);
  const values = ticked(await (await fetch(app.url + path)).text()) ?? {};
  expect(await post(path, values, { referer: app.url + path })).toBe(303);
  expect(await ask(path)).toBe(200);
  return token;
}

/** The names of the forms at an address, each with an id where there is one for each of many things. */
function actionsAt(path: string): string[] {
  const [, forms = {}] =
    Object.entries(FORMS).find(([address]) => filled(address, parameters) === path) ?? [];
  return Object.entries(forms).map(([name, { each }]) => (each ? `${name}.${parameters.id}` : name));
}

/** Every form by everybody, and every address with something in its query, path and headers. */
async function walkEverything(): Promise<void> {
  await inLanes(6, formPaths(parameters), async (path) => {
    const actions = actionsAt(path);
    const visitors: Extra[] = [{ cookie }, {}, { cookie: `undersigned-admin=${TOKEN}` }];
    for (const headers of cases(visitors, 2)) {
      if (path.endsWith("sign-out") && headers.cookie === cookie) continue;
      // Who may not do anything is refused before it matters which.
      const all = headers.cookie === cookie || THOROUGH;
      for (const form of actions.slice(0, all ? actions.length : 1))
        await post(path, { ...VALID, form, revision: "1", state: "VERIFIED" }, headers);
      await post(path, FIELDS, { ...headers, accept: "application/json" });
      await post(path, VALID, { ...headers, origin: `https://${CANARY}.example` });
    }
  });
  for (const as of ["individual", "organisation"])
    await post(`/letters/uyghurs/sign?as=${as}`, { ...VALID, form: "sign" });
  for (const path of [...pagePaths(parameters), ...endpointPaths(parameters), `/${CANARY}`, `/%ZZ${CANARY}`])
    await ask(`${path}?q=${CANARY}&kind=${CANARY}&cursor=${TOKEN}&page=${ADDRESS}`, { headers: { cookie } });
  await ask("/api/metrics", { headers: { authorization: `Bearer ${TOKEN}` } });
  await ask("/", { method: "PUT", body: CANARY });
  await ask("/letters/uyghurs/sign", {
    method: "POST",
    body: CANARY.repeat(10_000),
    headers: { "content-type": "multipart/form-data" },
  });
  await ask("/letters/uyghurs/sign", {
    method: "POST",
    body: CANARY,
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
}

/** What needs a database that is frozen or gone is answered 503 in time; a trial asks for much more. */
async function expectHonestRefusals(fault: () => Promise<void>): Promise<void> {
  await fault();
  const refused = async () => {
    const begun = performance.now();
    const sent = post("/letters/uyghurs/sign?as=individual", { ...VALID, form: "sign" });
    const statuses = await Promise.all([sent, ask(`/signatures/${LINK}/confirm`)]);
    return { statuses, seconds: (performance.now() - begun) / 1_000 };
  };
  const [{ statuses, seconds }, late] = await besideLateness(app.url, refused);
  expect(statuses).toEqual([503, 503]);
  expectInTime("refusals", seconds, late);
  // As it was a second ago.
  await expect.poll(() => ask("/api/ready")).toBe(503);
}

async function everythingWritten(): Promise<string> {
  const metrics = await fetch(`${app.url}/api/metrics`, {
    headers: { authorization: "Bearer a-token-of-some-length" },
  });
  return [app.log(), await postgres.log(), await metrics.text()].join("\n");
}

describe("the logs of web, worker and database, and the metrics", () => {
  it("hold nothing that anybody typed, from whatever form and whatever failure", async () => {
    const token = await confirmByMail();
    const quoted = { status: 422, name: "validation_error" } as const;
    provider.next(quoted, { status: 500, name: "internal" }, "reset", quoted);
    await walkEverything();
    // The provider's refusals quote an address, too.
    await expect.poll(() => provider.calls.length, { timeout: 30_000 }).toBeGreaterThan(2);
    await expectHonestRefusals(postgres.freeze);
    await postgres.thaw();
    await expect.poll(() => ask("/api/ready"), { timeout: 20_000 }).toBe(200);
    await expectHonestRefusals(postgres.kill);
    await postgres.revive();
    await expect.poll(() => ask("/api/ready"), { timeout: 20_000 }).toBe(200);

    const written = await everythingWritten();
    for (const secret of [
      CANARY,
      ADDRESS,
      CLIENT,
      token,
      cookie.split("=")[1] ?? "",
      "zoe@canary.example",
      "@",
    ])
      expect([secret, linesWith(written, secret)]).toEqual([secret, []]);
    const requests = app.log().match(/"event":"request"/g) ?? [];
    expect(requests.length).toBeGreaterThan(100);
    expect(app.log()).toContain('"route":"/[locale]/signatures/[token]/confirm"');
  });

  it("name nobody to whom a connection was opened but the database and the mail provider", async () => {
    const lines = (await readFile(join(folder, "connections"), "utf8")).split("\n").filter(Boolean);
    const own = [postgres.url, provider.url].map((url) => new URL(url).port);
    const isOwn = (line: string) =>
      // What begins with a slash is a pipe on this machine.
      /^(?:\/|name (?:localhost|127\.0\.0\.1)$)/.test(line) ||
      (/^(?:localhost|127\.0\.0\.1):\d+$/.test(line) && own.includes(line.split(":")[1] ?? ""));
    for (const port of own) expect(lines.some((line) => line.endsWith(`:${port}`))).toBe(true);
    expect([...new Set(lines.filter((line) => !isOwn(line)))]).toEqual([]);
  });

  it("are lines of JSON with the request's id, which the answer carries too", async () => {
    const response = await fetch(`${app.url}/letters/none`, {
      headers: { "x-request-id": "from-the-proxy-1" },
    });
    expect(response.headers.get("x-request-id")).toBe("from-the-proxy-1");
    const own = await fetch(`${app.url}/letters/none`, { headers: { "x-request-id": "<script>" } });
    expect(own.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    await expect.poll(() => app.log()).toContain('"request":"from-the-proxy-1"');
    const lines = app.log().split("\n").filter(Boolean);
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed.filter(({ level, time, part, event }) => !level || !time || !part || !event)).toEqual([]);
    expect(new Set(parsed.map(({ part }) => part))).toEqual(new Set(["web", "worker"]));
  });
});

const linesWith = (text: string, part: string) =>
  text.split("\n").filter((line) => line.toLowerCase().includes(part.toLowerCase()));
