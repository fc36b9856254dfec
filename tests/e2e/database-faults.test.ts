import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";

let postgres: FaultyPostgres;
let app: App;
beforeAll(async () => {
  postgres = await startFaultyPostgres();
  app = await startApp({
    worker: false,
    databaseUrl: postgres.url,
    environment: { METRICS_TOKEN: "a-token-of-some-length" },
  });
});
/** What has been read since the last outage is kept through the next one. */
beforeEach(async () => {
  for (const path of ["/letters/uyghurs", "/letters/uyghurs/sign?as=individual"])
    await expect.poll(async () => (await fetch(app.url + path)).status, { timeout: 10_000 }).toBe(200);
});
afterAll(async () => {
  await app?.stop();
  await postgres?.stop();
});

const EMAIL = "frozen@example.org";
const FORM = { form: "sign", fullName: "Ada Exampleton", country: "GB", visibility: "public", consent: "on" };

function post(path: string, values: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(values);
  return fetch(app.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url, ...headers },
    body,
  });
}
const sign = (email: string, headers?: Record<string, string>) =>
  post("/letters/uyghurs/sign?as=individual", { ...FORM, email }, headers);
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { redirect: "manual", headers });

/** Requests of every kind that needs the database, each with what its 503 must hold. */
const asks: [string, () => Promise<Response>, RegExp][] = [
  ["a form", () => sign(EMAIL), /<html/],
  [
    "a form sent by a script",
    () => sign(EMAIL, { accept: "application/json" }),
    /^{"errors":{"":\["server"\]}}$/,
  ],
  ["a confirmation", () => post("/signatures/unknown/confirm", { revision: "1" }), /<html/],
  ["a sign-in", () => post("/admin/sign-in", { email: EMAIL }), /<html/],
  ["a link's page", () => get("/signatures/unknown/confirm"), /<html/],
  ["a document nobody has read", () => get("/letters/uyghurs/signatories?q=unread"), /<html/],
  ["the same in Arabic", () => get("/ar/letters/uyghurs/signatories?q=unread"), /<html[^>]*dir="rtl"/],
  ["the public JSON", () => get("/api/v1/letters/uyghurs/signatories?q=unread"), /"unavailable"/],
  ["readiness", () => get("/api/ready"), /"database":false/],
];

/** What a request was answered, and after how many seconds. */
async function timed(ask: () => Promise<Response>) {
  const begun = performance.now();
  const response = await ask();
  const body = await response.text();
  return { status: response.status, after: response.headers.get("retry-after"), body, seconds: since(begun) };
}
const since = (begun: number) => (performance.now() - begun) / 1_000;

async function expectHonestRefusals(): Promise<void> {
  const kept = await timed(() => sign(EMAIL));
  expect([kept.status, kept.seconds < 5]).toEqual([503, true]);
  expect(kept.body).toContain(`value="${EMAIL}"`);
  // A load besides, more than there are connections to the database.
  const load = Array.from({ length: 16 }, (_, index) =>
    timed(() => sign(`load-${index}@example.org`, { accept: "application/json" })),
  );
  const answers = await Promise.all(
    asks.map(async ([name, ask, holds]) => ({ name, holds, ...(await timed(ask)) })),
  );
  for (const { name, holds, ...answer } of answers) {
    expect([name, answer.status, Number(answer.after) > 0]).toEqual([name, 503, true]);
    expect(answer.body, name).toMatch(holds);
    expect(answer.seconds, name).toBeLessThan(5);
  }
  for (const { status, after, seconds } of await Promise.all(load)) {
    expect([status, after]).toEqual([503, "10"]);
    expect(seconds).toBeLessThan(5);
  }
  expect((await get("/letters/uyghurs")).status).toBe(200);
  expect((await get("/api/health")).status).toBe(200);
  const metrics = await get("/api/metrics", { authorization: "Bearer a-token-of-some-length" });
  expect(await metrics.text()).toContain("undersigned_database_up 0");
}

async function expectRecovery(email: string): Promise<void> {
  await expect.poll(async () => (await sign(email)).status, { timeout: 20_000 }).toBe(303);
  await expect.poll(async () => (await get("/api/ready")).status, { timeout: 10_000 }).toBe(200);
}

describe("a database", () => {
  it("that is frozen: every kind of request is answered 503 within 5 s, and all is well after the thaw", async () => {
    expect((await sign("before@example.org")).status).toBe(303);
    await postgres.freeze();
    await expectHonestRefusals();
    // Longer than connections and values are trusted without news.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await expectHonestRefusals();
    await postgres.thaw();
    await expectRecovery("thawed@example.org");
  });

  it("that is killed: the same, and all is well once it is back", async () => {
    await postgres.kill();
    await expectHonestRefusals();
    await postgres.revive();
    await expectRecovery("revived@example.org");
    expect(app.log()).not.toContain("@example.org");
    expect(await postgres.log()).not.toContain("@example.org");
  });

  it("that has no connection left for us: 503, and all is well once there is one", async () => {
    const others = await holdAllConnections(postgres.url);
    const { status, seconds } = await timed(() => get("/api/ready"));
    expect([status, seconds < 5]).toEqual([503, true]);
    expect((await timed(() => sign("crowded@example.org"))).status).toBe(503);
    await Promise.all(others.map((client) => client.end()));
    await expectRecovery("crowded@example.org");
  });
});

/** Takes every connection there is, the web's own included once they are ended. */
async function holdAllConnections(url: string) {
  const { default: pg } = await import("pg");
  const held: InstanceType<typeof pg.Client>[] = [];
  const connect = async () => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    held.push(client);
  };
  await connect();
  for (let more = true; more; ) {
    await held[0]?.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name <> 'held' AND backend_type = 'client backend' AND NOT (pid = ANY($1))",
      [held.map((client) => (client as unknown as { processID: number }).processID)],
    );
    const results = await Promise.allSettled(Array.from({ length: 20 }, connect));
    more = results.some(({ status }) => status === "fulfilled");
  }
  return held;
}
