import "../support/own-database";
import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import type { WholeSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { beginExport } from "@/lib/moderation/export/begin-export";
import { COLUMNS } from "@/lib/moderation/export/rules";
import { takeExport } from "@/lib/moderation/export/take-export";
import { writeExport } from "@/lib/moderation/export/write-export";
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
  await db.$executeRaw`ANALYZE`;
}, 1_800_000);

type Run = { rows: number; seconds: number; before: number; peak: number; bytes: number };

/** Writes a file and reads it, and says how long the writing took and how much memory the process had at most. */
async function run(size: number, format: ExportFormat): Promise<Run> {
  const begun = await beginExport({
    ...{ admin: owner, confirmed: true, letterId: letters.get(size) ?? "", locale: "en", now: new Date() },
    filters: wholeView("APPROVED"),
    choice: { format, columns: [...COLUMNS], hidden: true },
  });
  if (!("id" in begun)) throw new Error(begun.not);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const start = performance.now();
  await writeExport(begun.id);
  const seconds = (performance.now() - start) / 1_000;
  const mfa = { createdAt: new Date(), mfaVerifiedAt: new Date(), passkeys: 1 };
  const { stream, bytes } = await takeExport({ admin: owner, mfa } as WholeSession, begun.id, new Date());
  let read = 0;
  for await (const part of stream) read += part.length;
  clearInterval(timer);
  expect(read).toBe(bytes);
  const { total } = await db.exportFile.findUniqueOrThrow({ where: { id: begun.id } });
  return { rows: total, seconds, before, peak, bytes };
}

/** How many rows of the same tables COPY writes in a second. */
async function copied(size: number): Promise<number> {
  const start = performance.now();
  await db.$executeRawUnsafe(`COPY (
    SELECT g.*, s.*, k.wrapped FROM signature g JOIN signatory s ON s.id = g.signatory_id
      JOIN signature_key k ON k.signature_id = g.id WHERE g.letter_id = '${letters.get(size)}'
  ) TO '/dev/null'`);
  return size / ((performance.now() - start) / 1_000);
}

describe.each(["CSV", "XLSX", "JSON"] as const)("an export of %s", (format) => {
  it(`takes no more memory for ${LARGE} rows than for ${SMALL}`, async () => {
    // The first loads what all need.
    await run(SMALL, format);
    const small = await run(SMALL, format);
    const large = await run(LARGE, format);
    const copy = await copied(LARGE);
    const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
    const memory = ({ before, peak }: Run) => `${megabytes(before)} to ${megabytes(peak)} MiB`;
    const pace = ({ rows, seconds }: Run) => rows / seconds;
    console.info(
      `${format}: memory ${memory(small)}, then ${memory(large)};`,
      `${Math.round(pace(small))}, then ${Math.round(pace(large))} rows/s, of COPY's ${Math.round(copy)}: 1/${Math.round(copy / pace(large))};`,
      `${megabytes(large.bytes)} MiB`,
    );
    expect([small.rows, large.rows]).toEqual([SMALL, LARGE]);
    expect(large.peak).toBeLessThan(small.peak * 1.5);
  }, 3_600_000);
});
