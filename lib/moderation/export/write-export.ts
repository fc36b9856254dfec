import { pipeline, Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { v4 as random } from "uuid";
import { db } from "@/lib/db/client";
import { createDataKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { errorCode } from "@/lib/errors";
import { translator } from "@/lib/i18n/translator";
import { decryptFilters } from "@/lib/moderation/export/encrypted";
import { WRITERS } from "@/lib/moderation/export/formats";
import { OvertakenError, PIECE_BYTES, storePiece, type Writing } from "@/lib/moderation/export/pieces";
import { countRows, type ExportRow, type Reading, readRows } from "@/lib/moderation/export/read-rows";
import { type Column, exportEnd, SHEET_ROWS } from "@/lib/moderation/export/rules";
import { hiddenCountries } from "@/lib/signatories/hiding/queries";
import { siteNow } from "@/lib/site/queries";
import { Prisma } from "@/prisma/generated/client";
import type { ExportProblem } from "@/prisma/generated/enums";

/** How often a file is begun anew because somebody withdrew meanwhile. */
const TRIES = 5;
/** How often a file that stores nothing yet says how far it is, in milliseconds. */
const NEWS_MS = 2_000;

const FILE = {
  ...{ id: true, letterId: true, format: true, locale: true, columns: true, filters: true, hidden: true },
  letter: { select: { slug: true } },
} as const;

type File = Prisma.ExportFileGetPayload<{ select: typeof FILE }>;

/**
 * Writes a file that somebody has asked for. One whose writer has died is begun anew; where somebody withdraws meanwhile, too.
 * A file that cannot be is marked as failed, with why.
 * @throws what the database says, so that the job is tried again
 */
export async function writeExport(id: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const writing = await takeOver(id);
    if (!writing) return;
    try {
      const problem = await write(writing);
      if (problem) await fail(writing, problem);
      return;
    } catch (error) {
      if (isDiskFull(error)) return fail(writing, "NO_SPACE");
      if (!(error instanceof OvertakenError)) throw error;
    }
    // Another worker has it.
    if (!(await isToBegin(id))) return;
  }
  await fail({ id, attempt: null }, "CHANGING");
}

const isToBegin = async (id: string) =>
  (await db.exportFile.count({ where: { id, state: "RUNNING", attempt: null } })) === 1;

/** Begins an attempt, and does away with what those before it have written; null where the file is over. */
async function takeOver(id: string): Promise<(Writing & { file: File }) | null> {
  const attempt = random();
  const { key, wrapped } = createDataKey(id);
  const file = await db.$transaction(async (tx) => {
    const { count } = await tx.exportFile.updateMany({
      where: { id, state: "RUNNING" },
      data: { attempt, key: wrapped, done: 0, pieces: 0, touchedAt: new Date() },
    });
    if (count === 0) return null;
    await tx.exportPiece.deleteMany({ where: { fileId: id } });
    return tx.exportFile.findUniqueOrThrow({ where: { id }, select: FILE });
  });
  return file && { id, attempt, key, file };
}

/** @returns why there is no file, where there can be none */
async function write(writing: Writing & { file: File }): Promise<ExportProblem | null> {
  const { file } = writing;
  const columns = file.columns as Column[];
  const filters = decryptFilters(file.filters);
  // After the attempt is on record: who hides more from now on ends it.
  const hidden = (await hiddenCountries(db, [file.letterId])).get(file.letterId) ?? [];
  const withEmail = columns.includes("email");
  const reading = { filters, hidden: file.hidden, withEmail, hiddenCountries: hidden };
  const client = new pg.Client({ connectionString: env().databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    // A withdrawal from now on ends it, too.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const total = await countRows(client, reading);
    if (file.format === "XLSX" && total > SHEET_ROWS) return "TOO_LONG";
    await note(writing, { total });
    const progress = { looked: 0, written: 0 };
    const rows = rowsOf(client, reading, writing, progress);
    const layout = { columns, locale: file.locale, slug: file.letter.slug, at: new Date() };
    const words = translator(file.locale, "exports");
    const { countryNames } = await siteNow(db);
    const bytes = await store(
      writing,
      WRITERS[file.format](rows, { ...layout, words, countryNames }),
      progress,
    );
    if (progress.written === 0) return "NOTHING";
    const now = new Date();
    const done = { total: progress.written, done: progress.written, bytes, expiresAt: exportEnd(now) };
    await note(writing, { ...done, state: "DONE" });
    return null;
  } finally {
    await client.end();
  }
}

type Progress = { looked: number; written: number };

/** The rows one by one, and now and then the news of how many there were. */
async function* rowsOf(
  client: pg.Client,
  reading: Reading,
  writing: Writing,
  progress: Progress,
): AsyncGenerator<ExportRow> {
  let told = Date.now();
  for await (const { rows, looked } of readRows(client, reading)) {
    yield* rows;
    progress.looked += looked;
    progress.written += rows.length;
    if (Date.now() - told > NEWS_MS) {
      await note(writing, { done: progress.looked });
      told = Date.now();
    }
    // Emails and other jobs of this process have their turn.
    await turn();
  }
}

/** Stores a file in encrypted pieces. Texts are compressed; a sheet is. @returns of how many bytes it is */
async function store(
  writing: Writing & { file: File },
  made: AsyncIterable<Uint8Array>,
  progress: Progress,
): Promise<number> {
  let [bytes, number] = [0, 0];
  const counted = Readable.from(made).map((part: Uint8Array) => {
    bytes += part.length;
    return part;
  });
  const stream = writing.file.format === "XLSX" ? counted : pipeline(counted, createGzip(), () => undefined);
  let waiting: Uint8Array[] = [];
  let length = 0;
  const flush = async () => {
    await storePiece(writing, number++, Buffer.concat(waiting), progress.looked);
    [waiting, length] = [[], 0];
  };
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    waiting.push(part);
    length += part.length;
    if (length >= PIECE_BYTES) await flush();
  }
  if (length > 0) await flush();
  return bytes;
}

/** Writes down how far an attempt is. @throws OvertakenError where it counts no more */
async function note({ id, attempt }: Writing, data: Prisma.ExportFileUpdateManyMutationInput): Promise<void> {
  const { count } = await db.exportFile.updateMany({
    where: { id, attempt, state: "RUNNING" },
    data: { ...data, touchedAt: new Date() },
  });
  if (count === 0) throw new OvertakenError();
}

async function fail(
  { id, attempt }: { id: string; attempt: string | null },
  problem: ExportProblem,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.exportFile.updateMany({
      where: { id, attempt, state: "RUNNING" },
      data: { state: "FAILED", problem, key: null, attempt: null },
    });
    if (count > 0) await tx.exportPiece.deleteMany({ where: { fileId: id } });
  });
}

const DISK_FULL = "53100";

const isDiskFull = (error: unknown) =>
  errorCode(error) === DISK_FULL ||
  (error instanceof Prisma.PrismaClientKnownRequestError && JSON.stringify(error.meta).includes(DISK_FULL));
