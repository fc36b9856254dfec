import "../support/own-database";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fillLists } from "@/dev/bench-list/fill-list";
import { db } from "@/lib/db/client";
import type { Recheck } from "@/lib/jobs/queue";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { flagSignature } from "@/lib/moderation/flags/flag-signature";
import { recheckUnkept } from "@/lib/moderation/flags/recheck-flags";
import { runRecheck } from "@/lib/moderation/recheck-job";
import { REAL_NAMES } from "../fixtures/names";
import { NOW, openLetter } from "../support/letters";
import { moderator, seeNow } from "../support/moderators";
import { listEntries } from "../support/public-entries";
import { waitingRows } from "../support/waiting-rows";

const PUBLISHED = Number(process.env.TRIAL_PUBLISHED ?? 100_000);
const WAITING = Number(process.env.TRIAL_WAITING ?? 1_500);
const MEASURED = 200;
const MOST_CPU_MS = 50;

/**
 * Real names, and the same with a second given name or a double family name: some 8,000 pairs, each in one
 * order only, mixed.
 */
function manyNames(): string[] {
  const parts = Map.groupBy(REAL_NAMES, ({ script }) => script);
  const names = [...parts.values()].flatMap((ofScript) => {
    const pairs = ofScript.map(({ name }) => name.split(" ")).filter((words) => words.length === 2);
    const [firsts, lasts] = [0, 1].map((at) => [...new Set(pairs.map((words) => words[at] ?? ""))]);
    const given = pairs.flatMap(([first, last]) =>
      (firsts ?? []).flatMap((more) => (first && more > first ? `${first} ${more} ${last}` : [])),
    );
    const family = pairs.flatMap(([first, last]) =>
      (lasts ?? []).flatMap((more) => (last && more > last ? `${first} ${last} ${more}` : [])),
    );
    return [...pairs.map((words) => words.join(" ")), ...given, ...family];
  });
  const key = (name: string) => createHash("sha256").update(name).digest("hex");
  return [...new Set(names)]
    .map((name) => ({ name, by: key(name) }))
    .sort((one, other) => (one.by < other.by ? -1 : 1))
    .map(({ name }) => name);
}

/** CPU time of the database's sessions and of this process, in milliseconds; Linux counts in hundredths of a second. */
async function cpuMs(): Promise<{ own: number; database: number }> {
  const sessions = await db.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database()`;
  const ticks = sessions.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  const { user, system } = process.cpuUsage();
  return { own: (user + system) / 1_000, database: ticks.reduce((sum, each) => sum + each, 0) * 10 };
}

async function measured(times: number, what: () => Promise<unknown>) {
  const before = await cpuMs();
  await what();
  const after = await cpuMs();
  const [own, database] = [(after.own - before.own) / times, (after.database - before.database) / times];
  return {
    sum: own + database,
    said: `${own.toFixed(1)} + ${database.toFixed(1)} ms of CPU (here, database)`,
  };
}

it("flags, approves and looks again in milliseconds, beside a hundred thousand names", async () => {
  const { id: letterId } = await openLetter();
  const names = manyNames();
  const [published, waitingNames] = [names.slice(WAITING), names.slice(0, WAITING)];
  await listEntries(
    letterId,
    published.map((name) => ({ name })),
  );
  await fillLists(String(process.env.DATABASE_URL), new Map([[letterId, PUBLISHED - published.length]]));
  const waiting = await waitingRows(letterId, waitingNames);
  await db.$executeRaw`ANALYZE`;
  const first = waiting.slice(0, MEASURED);
  const confirming = await measured(MEASURED, async () => {
    for (const id of first) await db.$transaction((tx) => flagSignature(tx, id));
  });
  console.info(`one of ${waiting.length} flagged beside ${PUBLISHED} names: ${confirming.said}`);
  while ((await recheckUnkept(NOW)) > 0);
  const flagged = await db.signature.count({
    where: { id: { in: waiting }, NOT: { flags: { isEmpty: true } } },
  });
  console.info(`${flagged} of ${waiting.length} waiting real names flagged`);
  const admin = await moderator();
  const approving = await measured(MEASURED, async () => {
    for (const id of first)
      await approveSignature({ admin, seen: await seeNow(id), asExpert: false, now: NOW });
  });
  console.info(`one approved: ${approving.said}`);
  const jobs = await db.$queryRaw<{ data: Recheck }[]>`SELECT data FROM pgboss.job WHERE name = 'recheck'`;
  expect(jobs).toHaveLength(MEASURED);
  const rechecking = await measured(MEASURED, async () => {
    for (const { data } of jobs) await runRecheck(data, NOW);
  });
  console.info(`what waits looked at again after it: ${rechecking.said}`);
  expect(confirming.sum).toBeLessThan(MOST_CPU_MS);
  expect(approving.sum + rechecking.sum).toBeLessThan(MOST_CPU_MS);
});
