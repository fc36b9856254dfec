import pg from "pg";
import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { removeLine } from "@/lib/letters/settings/remove-line";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { forgetObjections } from "@/lib/objections/forget-objections";
import { logTo } from "@/lib/ops/log/log";
import { eraseObjections } from "@/lib/retention/requests/other-data";
import { clearTraces } from "@/lib/signatures/erasure/clear-traces";
import { traces } from "@/lib/signatures/erasure/queries";
import { rewriteTables } from "@/lib/signatures/erasure/rewrite-tables";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { runSql } from "../support/database";
import { individual, NOW, openLetter } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";
import { type OwnCluster, startOwnCluster } from "../support/own-cluster";
import { THOROUGH } from "../support/tier";

let cluster: OwnCluster;
let people = 0;

beforeAll(async () => {
  cluster = await startOwnCluster();
  // Before anything reads the configuration.
  process.env.DATABASE_URL = cluster.url;
});
afterEach(() => logTo(undefined));
afterAll(async () => {
  await db.$disconnect();
  await cluster.stop();
});

/** Three people on a list, whose name is in tables, indexes, samples and the write-ahead log, and who are then erased. */
async function erasedPeople(name: string): Promise<void> {
  const { slug } = await openLetter();
  const admin = await moderator();
  const emails = [1, 2, 3].map(() => `person${++people}@example.org`);
  for (const [place, email] of emails.entries()) {
    const seen = await waitingSignature(slug, individual({ name: `Ada ${name} ${"ABC"[place]}`, email }));
    await approveSignature({ admin, seen, now: NOW, asExpert: false });
  }
  // Who stays on the list: a table that holds nothing any more is cut off by a plain VACUUM.
  const stays = individual({ name: "Ada Example", email: `stays${people}@example.org` });
  const seen = await waitingSignature(slug, stays);
  await approveSignature({ admin, seen, now: NOW, asExpert: false });
  await runSql(cluster.url, "ANALYZE; CHECKPOINT");
  for (const email of emails) expect(await withdrawSignatures({ email, now: NOW })).toBe(1);
}

const withPrefix = (files: string[], prefix: string) => files.filter((file) => file.startsWith(prefix));

it("leaves no byte of an erased name in any file of the embedded server", async () => {
  await erasedPeople("Tracecanary");
  for (const statement of ["VACUUM", "ANALYZE", "CHECKPOINT"]) await runSql(cluster.url, statement);
  const before = await cluster.filesWith("Tracecanary");
  expect(withPrefix(before, "base/").length).toBeGreaterThan(0);
  expect(withPrefix(before, "pg_wal/").length).toBeGreaterThan(0);
  expect(await traces()).toMatchObject({ waiting: 3, unnoted: 0 });

  expect(await clearTraces(NOW)).toBe(3);
  expect(await cluster.filesWith("Tracecanary")).toEqual([]);
  expect(await traces()).toMatchObject({ waiting: 0, problem: null });
  expect(await clearTraces(NOW)).toBe(0);
});

it.runIf(THOROUGH)(
  "leaves none of a removed line about a withdrawal, nor of what was written in a report",
  async () => {
    const { id: letterId, slug } = await openLetter();
    const day = new Date("2026-11-01");
    const line = { letterId, kind: "INDIVIDUAL", country: "GB", name: "Ada Linecanary", day } as const;
    const { id } = await db.withdrawalNote.create({ data: line });
    await db.withdrawalNote.create({ data: { ...line, name: "Ada Stays" } });
    const person = individual({ name: "Ada Reported", email: "reported@example.org" });
    const { signatureId } = await waitingSignature(slug, person);
    const report = { letterId, signatureId, createdAt: NOW, decidedAt: NOW, tokenHash: "reportcanary" };
    const of = (name: string) => ({ ...report, id: uuid(), tokenHash: name, contents: `${name}-words` });
    const [decided, asked, unconfirmed, stays] = ["decided", "asked", "unconfirmed", "stays"].map(of);
    if (!decided || !asked || !unconfirmed || !stays) throw new Error("four");
    const later = new Date(NOW.getTime() + 100 * 86_400_000);
    await db.objection.createMany({
      data: [
        { ...decided, state: "KEPT" },
        { ...asked, state: "OPEN", addressHash: "asked-for", decidedAt: null },
        { ...unconfirmed, decidedAt: null },
        { ...stays, state: "KEPT", decidedAt: later },
      ],
    });
    await runSql(cluster.url, "ANALYZE; CHECKPOINT");
    const admin = byAdmin(await moderator("editor@traces.example", "EDITOR"), NOW);
    const words = ["Linecanary", "decided-words", "asked-words", "unconfirmed-words"];
    for (const files of Object.values(await cluster.filesWithEach(...words))) expect(files).not.toEqual([]);

    const steps = [
      () => removeLine(admin, slug, id),
      () =>
        db.$transaction((tx) =>
          eraseObjections(tx, { addressHash: "asked-for", spellingHash: "none", ruleHash: "none" }),
        ),
      () => forgetObjections(later, 100),
    ];
    const { waiting } = await traces();
    for (const [place, step] of steps.entries()) {
      await step();
      expect((await traces()).waiting, "each has the tables written afresh").toBe(waiting + place + 1);
    }
    await clearTraces(NOW);
    const { "stays-words": kept, ...gone } = await cluster.filesWithEach(...words, "stays-words");
    for (const files of Object.values(gone)) expect(files).toEqual([]);
    expect(kept).not.toEqual([]);
  },
);

/** Fails as it should, and says so in log and overview. */
async function failure(): Promise<{ said: string; problem: string | null }> {
  const lines: string[] = [];
  logTo((line) => lines.push(line));
  await expect(clearTraces(NOW, 2)).rejects.toThrow();
  return { said: lines.join(), problem: (await traces()).problem };
}

it.each([
  ["locked", "BEGIN; SELECT count(*) FROM signature"],
  ["inUse", "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1"],
])("tells of a table that is %s, and clears it at the next time", async (problem, holds) => {
  const other = new pg.Client({ connectionString: cluster.url });
  await other.connect();
  try {
    await other.query(holds);
    await erasedPeople(`Canary${problem}`);
    const told = await failure();
    expect(told.problem).toBe(problem);
    expect(told.said).toContain("still in the database's files");
    expect(told.said).toContain(problem);
    expect((await traces()).waiting).toBe(3);
  } finally {
    await other.end();
  }
  expect(await clearTraces(NOW)).toBe(3);
  expect(await cluster.filesWith(`Canary${problem}`)).toEqual([]);
  expect((await traces()).problem).toBeNull();
});

it("tells a role that owns nothing, which PostgreSQL only warns", async () => {
  await runSql(cluster.url, "CREATE ROLE guest LOGIN PASSWORD 'guest'");
  await runSql(cluster.url, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest");
  const url = new URL(cluster.url);
  url.username = "guest";
  url.password = "guest";
  const guest = new pg.Client({ connectionString: url.href });
  await guest.connect();
  try {
    await expect(rewriteTables(guest)).rejects.toMatchObject({ problem: "notOwner" });
  } finally {
    await guest.end();
  }
});
