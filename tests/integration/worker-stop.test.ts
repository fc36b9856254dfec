import { type ChildProcess, spawn } from "node:child_process";
import pg from "pg";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { program } from "@/bin/launch/services";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { BULK_QUEUE, RECHECK_QUEUE } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { signLetter } from "@/lib/signatures/sign-letter";
import { begin, filtersOf, itemStates } from "../support/bulk-actions";
import { individual, NOW, openLetter } from "../support/letters";
import { moderator } from "../support/moderators";
import { THOROUGH } from "../support/tier";

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

function workerProcess(settings: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, UNDERSIGNED_HURRY: THOROUGH ? "1" : "5", ...settings };
  const child = spawn(process.execPath, program("worker"), { stdio: ["ignore", "pipe", "ignore"], env });
  child.stdout?.resume();
  children.push(child);
  return child;
}

async function sign(email: string) {
  const { id, slug } = await openLetter();
  await signLetter({ slug, locale: "en", input: individual({ email }), now: NOW });
  const signature = await db.signature.findFirstOrThrow({ where: { letterId: id } });
  return { letterId: id, signatureId: signature.id };
}

/** Holds signatures as somebody else's act does. @returns what lets go of them */
async function holdBack(ids: string[]): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT 1 FROM signature WHERE id = ANY($1) FOR UPDATE", [ids]);
  return () => client.end();
}

const jobs = () => db.$queryRaw<{ id: string; name: string; state: string }[]>`
  SELECT id, name, state::text FROM pgboss.job WHERE name IN (${BULK_QUEUE}, ${RECHECK_QUEUE}) ORDER BY created_on`;
const waits = async () => {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count;
};

test("a worker that is asked to stop amid a bulk act and a recheck hands both back, and another ends them", async () => {
  const [chosen, named] = [await sign("chosen@bots.example"), await sign("named@faker.example")];
  const admin = await moderator();
  const act = await begin(admin, filtersOf(chosen.letterId));
  const block = { kind: "DOMAIN", pattern: "faker.example", reason: "Made up." } as const;
  await addBlock({ admin, block, now: NOW });
  const letGo = await holdBack([chosen.signatureId, named.signatureId]);

  const first = workerProcess();
  await expect.poll(waits, { timeout: 60_000 }).toBe(2);
  const begun = await jobs();
  expect(begun).toMatchObject([
    { name: BULK_QUEUE, state: "active" },
    { name: RECHECK_QUEUE, state: "active" },
  ]);
  const ended = new Promise((resolve) => first.once("exit", resolve));
  first.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(await jobs()).toEqual(begun.map((job) => ({ ...job, state: "retry" })));

  await letGo();
  await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`;
  const other = await startWorker(() => undefined);
  onTestFinished(() => other.stop());
  const ends = begun.map((job) => ({ ...job, state: "completed" }));
  // What the act leads to is rechecked later.
  await expect.poll(async () => (await jobs()).slice(0, 2), { timeout: 60_000 }).toEqual(ends);
  expect(await itemStates(act)).toEqual({ DONE: 1 });
  const { hold } = await db.signature.findUniqueOrThrow({ where: { id: named.signatureId } });
  expect(hold).toBe("BLOCKED");
}, 150_000);

test("a worker that is asked to stop while it starts stops as any other", async () => {
  const worker = workerProcess({ DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/none" });
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  let said = "";
  worker.stdout?.on("data", (text) => {
    said += text;
  });
  await expect.poll(() => said).toContain("waiting for the database");
  worker.kill("SIGTERM");
  expect(await ended).toBe(0);
});
