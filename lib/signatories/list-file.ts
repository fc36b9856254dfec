import { addAbortSignal, Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { db } from "@/lib/db/client";
import { csvWriter } from "@/lib/fields/csv";
import type { ListPlace } from "@/lib/signatories/list-order";
import { type PublicSignatory, readPublicList } from "@/lib/signatories/public-list";
import type { ListOrder } from "@/prisma/generated/enums";

export type ListFileFormat = "csv" | "json";

type Listed = { id: string; slug: string; title: string; listOrder: ListOrder };

/** What a file says of each signatory: as the public JSON does, and who is an expert. */
const COLUMNS = [
  ...(["kind", "expert", "name", "title", "position", "affiliation", "country", "website"] as const),
  "publishedAt",
] as const;

/** How many are read at once. */
const PART = 500;

/** How many of these files a process makes at once: each may be of a million names, for somebody who reads slowly. */
const MOST = 16;
let open = 0;

/**
 * The whole public list of a letter as a file, made as it is read. Each part is as the list is at that moment.
 * @param gone tells that nobody reads it any more, which may be so before it begins
 * @returns null where too many are being read already
 */
export function listFile(
  letter: Listed,
  format: ListFileFormat,
  url: string,
  now: Date,
  gone: AbortSignal,
): Readable | null {
  if (open >= MOST) return null;
  open++;
  const made = Readable.from(format === "csv" ? linesOf(letter) : jsonOf(letter, url, now));
  const file = format === "csv" ? made.compose(csvWriter()) : made;
  file.once("close", () => open--);
  return addAbortSignal(gone, file as Readable);
}

async function* partsOf({ id, listOrder }: Listed): AsyncGenerator<PublicSignatory[]> {
  for (let after: ListPlace | undefined; ; ) {
    const { signatories, next } = await readPublicList(db, id, {}, { by: listOrder, after }, PART);
    yield signatories;
    if (!next) return;
    after = next;
    // Other readers have their turn.
    await turn();
  }
}

async function* linesOf(letter: Listed): AsyncGenerator<unknown[]> {
  yield [...COLUMNS];
  for await (const part of partsOf(letter))
    for (const one of part) yield COLUMNS.map((column) => textOf(one[column]));
}

const textOf = (value: string | boolean | Date | null) =>
  value instanceof Date ? value.toISOString() : (value?.toString() ?? "");

async function* jsonOf(letter: Listed, url: string, now: Date): AsyncGenerator<string> {
  const about = { slug: letter.slug, title: letter.title, url };
  yield `{"letter":${JSON.stringify(about)},"date":"${now.toISOString()}","signatories":[`;
  let separator = "\n";
  for await (const part of partsOf(letter)) {
    const lines = part.map((one) => JSON.stringify(one, [...COLUMNS]));
    if (lines.length > 0) yield separator + lines.join(",\n");
    separator = ",\n";
  }
  yield "\n]}\n";
}
