import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { addressHash } from "@/lib/signatures/claim";
import { signLetter } from "@/lib/signatures/sign-letter";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { besideLateness, expectInTime } from "../support/lateness";
import { individual } from "../support/letters";

let postgres: FaultyPostgres;
let app: App;
beforeAll(async () => {
  postgres = await startFaultyPostgres();
  process.env.DATABASE_URL = postgres.url;
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
/** A test that fails must not fail those after it. */
afterEach(() => postgres.thaw());
afterAll(async () => {
  await db.$disconnect();
  await app?.stop();
  await postgres?.stop();
});

const EMAIL = "frozen@example.org";
const KEPT = `value="${EMAIL}"`;
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
/** A whole token that nobody was mailed. */
const UNKNOWN = "x".repeat(25);
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
  ["a confirmation", () => post(`/signatures/${UNKNOWN}/confirm`, { [`entry.${UNKNOWN}`]: "1" }), /<html/],
  ["a sign-in", () => post("/admin/sign-in", { email: EMAIL }), /<html/],
  ["a link's page", () => get(`/signatures/${UNKNOWN}/confirm`), /<html/],
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
  const [kept, keptLate] = await besideLateness(app.url, () => timed(() => sign(EMAIL)));
  expect(kept.status).toBe(503);
  expectInTime("a form alone", kept.seconds, keptLate);
  // A machine that is late just then has no time left to show the page again.
  const bodyOf = async () => (await timed(() => sign(EMAIL))).body;
  if (keptLate < 0.25) expect(kept.body).toContain(KEPT);
  else await expect.poll(bodyOf, { timeout: 30_000 }).toContain(KEPT);
  const [{ answers, load }, late] = await besideLateness(app.url, askEverything);
  for (const { name, holds, ...answer } of answers) {
    expect([name, answer.status, Number(answer.after) > 0]).toEqual([name, 503, true]);
    expect(answer.body, name).toMatch(holds);
    expectInTime(name, answer.seconds, late);
  }
  for (const { status, after, seconds } of load) {
    expect([status, after]).toEqual([503, "10"]);
    expectInTime("one of many", seconds, late);
  }
  expect((await get("/letters/uyghurs")).status).toBe(200);
  const metrics = await get("/api/metrics", { authorization: "Bearer a-token-of-some-length" });
  expect(await metrics.text()).toContain("undersigned_database_up 0");
}

async function askEverything() {
  // A load besides, more than there are connections to the database.
  const load = Array.from({ length: 16 }, (_, index) =>
    timed(() => sign(`load-${index}@example.org`, { accept: "application/json" })),
  );
  const answers = asks.map(async ([name, ask, holds]) => ({ name, holds, ...(await timed(ask)) }));
  return { answers: await Promise.all(answers), load: await Promise.all(load) };
}

/** Recovered is what says yes and keeps what it said yes to. */
async function expectRecovery(email: string): Promise<void> {
  await expect.poll(async () => (await sign(email)).status, { timeout: 20_000 }).toBe(303);
  expect(await isStored(email)).toBe(true);
  await expect.poll(async () => (await get("/api/ready")).status, { timeout: 10_000 }).toBe(200);
}

/** Whether a signature is there for others to see: asked over a connection of the test's own. */
async function isStored(email: string): Promise<boolean> {
  const text = "SELECT 1 FROM signature WHERE address_hash = $1";
  return (await runSql(postgres.url, text, [addressHash(email)])).length === 1;
}

/** Begins transactions, as many as there are connections; each goes on between two of its statements. */
async function openTransactions(go: Promise<void>): Promise<Promise<unknown>[]> {
  const begun: Promise<void>[] = [];
  const ends = Array.from({ length: 12 }, () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    begun.push(promise);
    return db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS first`;
      resolve();
      await go;
      await tx.$queryRaw`SELECT 2 AS second`;
    });
  });
  await Promise.all(begun);
  return ends;
}

describe("a database", () => {
  it("that is frozen: every kind of request is answered 503 within 5 s, a worker ends when asked, and all is well after the thaw", async () => {
    await app.startWorker();
    await expect.poll(() => app.log(), { timeout: 60_000 }).toContain("ready to send mail");
    expect((await sign("before@example.org")).status).toBe(303);
    await postgres.freeze();
    const worker = app.stopWorker();
    await expectHonestRefusals();
    // Longer than connections and values are trusted without news.
    await pause(6_000);
    await expectHonestRefusals();
    await worker;
    // By itself: nobody had to insist.
    expect(app.log()).toContain('"event":"stopped unfinished"');
    await postgres.thaw();
    await expectRecovery("thawed@example.org");
  });

  it("that was frozen amid transactions: whatever it says yes to afterwards is stored", async () => {
    const signAt = (email: string) =>
      signLetter({ slug: "uyghurs", locale: "en", input: individual({ email }), now: new Date() });
    await signAt("again@thawed.example");
    const { promise: go, resolve } = Promise.withResolvers<void>();
    const transactions = await openTransactions(go);
    await postgres.freeze();
    resolve();
    const load = [1, 2, 3].map(() => signAt("again@thawed.example"));
    const ends = await Promise.allSettled([...transactions, ...load]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toEqual([]);
    await postgres.thaw();
    const emails = Array.from({ length: 12 }, (_, index) => `after-${index}@thawed.example`);
    const answers = await Promise.allSettled(emails.map(signAt));
    const acknowledged = emails.filter((_, index) => answers[index]?.status === "fulfilled");
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const email of acknowledged) expect([email, await isStored(email)]).toEqual([email, true]);
    const open = "SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'";
    expect(await runSql(postgres.url, open)).toEqual([]);
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
    // For a second the answer is the one that was found before.
    await expect.poll(async () => (await get("/api/ready")).status, { timeout: 10_000 }).toBe(503);
    const [{ seconds }, late] = await besideLateness(app.url, () => timed(() => get("/api/ready")));
    expectInTime("readiness", seconds, late);
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
