import "../support/own-database";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { program } from "@/bin/launch/services";
import type { Admin } from "@/lib/auth/admin";
import type { WholeSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { beginExport } from "@/lib/moderation/export/begin-export";
import { COLUMNS } from "@/lib/moderation/export/rules";
import { takeExport } from "@/lib/moderation/export/take-export";
import { wholeView } from "@/lib/moderation/filters/rules";
import type { ExportFormat } from "@/prisma/generated/enums";
import { approvedRows, copiesOf } from "../support/approved-rows";
import { individual, openLetter } from "../support/letters";
import { moderator } from "../support/moderators";

const LARGE = Number(process.env.TRIAL_SIZE ?? 1_000_000);
const SMALL = Math.min(10_000, LARGE / 10);

let owner: Admin;
const letters = new Map<number, string>();

function* people(count: number) {
  for (let place = 0; place < count; place++)
    yield individual({ name: `Person ${place} Exampleton`, email: `p${place}@example.org`, updates: true });
}

beforeAll(async () => {
  owner = await moderator("owner@example.org", "OWNER");
  const [small, large] = [await openLetter(), await openLetter()];
  const signatures = await approvedRows(small.id, people(SMALL));
  await copiesOf(signatures, large.id, LARGE);
  letters.set(SMALL, small.id).set(LARGE, large.id);
  // So that the worker makes no copies for the press meanwhile.
  await db.letter.updateMany({ data: { unpublishedAt: new Date() } });
}, 1_800_000);

type Run = { rows: number; seconds: number; peak: number; bytes: number };

const memory = (worker: ChildProcess, field: string) => {
  const status = readFileSync(`/proc/${worker.pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
};

/** Has a worker write a file, reads it, and says how long the writing took and how much memory the worker had at most. */
async function run(worker: ChildProcess, size: number, format: ExportFormat): Promise<Run> {
  // The peak from now on.
  writeFileSync(`/proc/${worker.pid}/clear_refs`, "5");
  const begun = await beginExport({
    ...{ admin: owner, confirmed: true, letterId: letters.get(size) ?? "", locale: "en", now: new Date() },
    filters: wholeView("APPROVED"),
    choice: { format, columns: [...COLUMNS], hidden: true },
  });
  if (!("id" in begun)) throw new Error(begun.not);
  const start = performance.now();
  for (;;) {
    const { state, total } = await db.exportFile.findUniqueOrThrow({ where: { id: begun.id } });
    const seconds = (performance.now() - start) / 1_000;
    if (state !== "DONE" && state !== "RUNNING") throw new Error(state);
    if (state === "DONE") {
      const peak = memory(worker, "VmHWM");
      const mfa = { createdAt: new Date(), mfaVerifiedAt: new Date(), passkeys: 1 };
      const { stream, bytes } = await takeExport({ admin: owner, mfa } as WholeSession, begun.id, new Date());
      let read = 0;
      for await (const part of stream) read += part.length;
      expect(read).toBe(bytes);
      return { rows: total, seconds, peak, bytes };
    }
    await pause(50);
  }
}

/** How many rows of the same tables COPY writes in a second. */
async function copied(size: number): Promise<number> {
  // Without the program's bounds of time.
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const start = performance.now();
  await client.query(`COPY (
    SELECT g.*, s.*, k.wrapped FROM signature g JOIN signatory s ON s.id = g.signatory_id
      JOIN signature_key k ON k.signature_id = g.id WHERE g.letter_id = '${letters.get(size)}'
  ) TO '/dev/null'`);
  const seconds = (performance.now() - start) / 1_000;
  await client.end();
  return size / seconds;
}

describe.each(["CSV", "XLSX", "JSON"] as const)("an export of %s", (format) => {
  it(`takes no more memory for ${LARGE} rows than for ${SMALL}`, async () => {
    const worker = spawn(process.execPath, program("worker"), { stdio: "inherit" });
    onTestFinished(() => void worker.kill());
    // The first loads what all need.
    await run(worker, SMALL, format);
    const small = await run(worker, SMALL, format);
    const large = await run(worker, LARGE, format);
    const copy = await copied(LARGE);
    const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
    const pace = ({ rows, seconds }: Run) => Math.round(rows / seconds);
    console.info(
      `${format}: at most ${megabytes(small.peak)}, then ${megabytes(large.peak)} MiB;`,
      `${pace(small)}, then ${pace(large)} rows/s, 1/${Math.round(copy / pace(large))} of COPY's ${Math.round(copy)};`,
      `${megabytes(large.bytes)} MiB`,
    );
    expect([small.rows, large.rows]).toEqual([SMALL, LARGE]);
    expect(large.peak).toBeLessThan(small.peak * 1.5);
  }, 3_600_000);
});
