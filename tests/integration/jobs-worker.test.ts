import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { program } from "@/bin/launch/services";
import { db } from "@/lib/db/client";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { logTo } from "@/lib/ops/log/log";
import { sweep } from "@/lib/retention/sweep";
import { expireSignatures } from "@/lib/signatures/expire-signatures";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "@/tests/support/letters";
import { type ResendStandIn, type SentMail, startResendStandIn } from "@/tests/support/resend-stand-in";
import { cases } from "../support/tier";

let standIn: ResendStandIn;
const reports: string[] = [];
const children: ChildProcess[] = [];
let worker: Worker | undefined;

beforeAll(async () => {
  standIn = await startResendStandIn();
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_BASE_URL = standIn.url;
});
beforeEach(async () => {
  for (const list of [standIn.calls, standIn.accepted, reports]) list.length = 0;
  await db.mailGate.deleteMany();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => standIn.stop());

const begin = async () => {
  worker = await startWorker((line) => reports.push(line));
};

let count = 0;
const openNow = () => openLetter({ opensAt: new Date(Date.now() - 60_000) }, new Date());

/** Signs a letter now, which queues a mail. */
async function sign(slug: string): Promise<void> {
  const input = individual({ email: `zoe${++count}@mail.example` });
  await signLetter({ slug, locale: "en", input, now: new Date() });
}

async function until<T>(what: () => Promise<T | false | undefined | null>, seconds = 15): Promise<T> {
  for (const limit = Date.now() + seconds * 1_000; Date.now() < limit; await pause(50)) {
    const found = await what();
    if (found) return found;
  }
  throw new Error(`Not within ${seconds} s. ${reports.join("\n")}`);
}

/** The ids of the mails that calls were about. */
const calledFor = () =>
  standIn.calls.flatMap(({ body }) => {
    const mails: SentMail[] = [JSON.parse(body)].flat();
    return mails.map(({ tags }) => tags[0]?.value ?? "");
  });

const delivered = (amount: number, seconds?: number) =>
  until(async () => {
    const rows = await db.mail.findMany({
      where: { state: { not: "WAITING" }, id: { in: calledFor() } },
    });
    return rows.length === amount && rows;
  }, seconds);

test("sends a mail as soon as it is queued", async () => {
  const { slug } = await openNow();
  await begin();
  const waits: number[] = [];
  // A busy machine is slow at times.
  for (let mails = 1; mails <= 3 || (mails <= 10 && Math.min(...waits) >= 1_000); mails++) {
    // By now it has seen that nothing is left, and rests.
    await pause(800);
    const queuedAt = Date.now();
    await sign(slug);
    await standIn.arrived(mails);
    waits.push((standIn.calls.at(-1)?.at ?? 0) - queuedAt);
  }
  // A worker that has just looked and is not told looks again after two seconds.
  expect(Math.min(...waits)).toBeLessThan(1_000);
  const states = (await delivered(waits.length)).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(["SENT"]));
});

test("tries again with the same bytes under the same key, and keeps nothing of what the provider said", async () => {
  const { slug } = await openNow();
  standIn.next({ status: 500, name: "zoe@canary.example could not be reached" });
  await sign(slug);
  await begin();
  await until(async () => (await db.mailGate.count({ where: { failures: 1 } })) === 1);
  const kept = await db.$queryRaw<{ row: string }[]>`
    SELECT m::text AS row FROM mail m WHERE state = 'WAITING' UNION ALL SELECT g::text FROM mail_gate g`;
  expect(kept).toHaveLength(2);
  expect(JSON.stringify(kept)).not.toMatch(/canary|mail\.example|signatures\/|Exampleton/);
  const [delivery] = await delivered(1, 30);
  expect(delivery).toMatchObject({ state: "SENT" });
  expect(calledFor()).toEqual([delivery?.id, delivery?.id]);
  expect(standIn.calls[0]?.key).toBeTruthy();
  expect(standIn.calls[1]?.key).toBe(standIn.calls[0]?.key);
  expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
  expect(standIn.accepted).toHaveLength(1);
  expect(reports).toEqual([]);
});

test("waits as long as the provider asks", async () => {
  const { slug } = await openNow();
  standIn.next({ status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "6" } });
  await sign(slug);
  await begin();
  await delivered(1, 30);
  const [first, second] = standIn.calls;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(6_000);
  expect(standIn.accepted).toHaveLength(1);
});

test("gives up at once what is refused for good", async () => {
  const { slug } = await openNow();
  standIn.next({ status: 422, name: "validation_error" });
  await sign(slug);
  await begin();
  expect(await delivered(1)).toMatchObject([{ state: "FAILED", error: "validation_error" }]);
  expect(standIn.calls).toHaveLength(1);
});

test("goes on after the database has closed every connection", async () => {
  const { slug } = await openNow();
  await begin();
  await pause(300);
  // A chore that is cut off says so.
  logTo(() => undefined);
  await db.$queryRaw`
    SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await pause(500);
  await sign(slug);
  expect(await delivered(1, 30)).toMatchObject([{ state: "SENT" }]);
});

test.each(cases(["accept-and-hang", "hang"] as const))(
  "loses no mail and sends none twice when it is killed while the provider says nothing (%s)",
  async (behaviour) => {
    const { slug } = await openNow();
    standIn.next(behaviour);
    await Promise.all([sign(slug), sign(slug)]);
    const first = workerProcess();
    await standIn.arrived(1);
    await kill(first);
    const taken = standIn.accepted.length;
    expect(taken).toBe(behaviour === "hang" ? 0 : 2);
    expect(await db.mail.count({ where: { doneAt: { gte: new Date(standIn.calls[0]?.at ?? 0) } } })).toBe(0);

    await begin();
    await until(async () => (await deliveredSince(standIn.calls[0]?.at)).length === 2, 60);
    const rows = await deliveredSince(standIn.calls[0]?.at);
    expect(rows.map(({ state }) => state)).toEqual(["SENT", "SENT"]);
    expect(standIn.accepted).toHaveLength(2);
    expect(new Set(standIn.accepted.map(({ to }) => to)).size).toBe(2);
    expect(standIn.calls.map(({ path, key }) => `${path} ${key}`)).toEqual(
      Array(2).fill(`/emails/batch ${standIn.calls[0]?.key}`),
    );
    expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
  },
);

const deliveredSince = (at = 0) => db.mail.findMany({ where: { doneAt: { gte: new Date(at) } } });

test("finishes the mails under way when it is asked to stop", async () => {
  const { slug } = await openNow();
  standIn.next({ answerAfterMs: 1_500 });
  await sign(slug);
  const child = workerProcess();
  await standIn.arrived(1);
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(await delivered(1)).toMatchObject([{ state: "SENT" }]);
  expect(standIn.calls).toHaveLength(1);
});

test("expires what was not confirmed in time, and forgets spent allowances and sign-ins", async () => {
  const { slug } = await openNow();
  await sign(slug);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  await db.adminLink.create({ data: { tokenHash: "spent", address: "encrypted", expiresAt: inDays(0) } });
  await db.adminLink.create({ data: { tokenHash: "works", address: "encrypted", expiresAt: inDays(30) } });
  await sweep(inDays(0.9));
  expect(await db.addressMail.count()).toBeGreaterThan(0);
  await sweep(inDays(2));
  expect(await db.addressMail.count()).toBe(0);
  expect(await db.adminLink.findMany({ select: { tokenHash: true } })).toEqual([{ tokenHash: "works" }]);
  const pending = await db.signature.count({ where: { state: "PENDING" } });
  expect(await expireSignatures({ now: inDays(13) })).toBe(0);
  expect(await expireSignatures({ now: inDays(15) })).toBe(pending);
  expect(await db.signatureKey.count()).toBe(0);
});

function workerProcess(): ChildProcess {
  const child = spawn(process.execPath, program("worker"), {
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => reports.push(String(text)));
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
