import { Readable } from "node:stream";
import { type CountryNames, countryName } from "@/lib/fields/countries/rules";
import { csvWriter } from "@/lib/fields/csv";
import type { Translate } from "@/lib/i18n/translator";
import type { ExportRow } from "@/lib/moderation/export/read-rows";
import type { Column } from "@/lib/moderation/export/rules";
import type { ExportFormat } from "@/prisma/generated/enums";

type Rows = AsyncIterable<ExportRow>;

/** What a file's headings and values are written with. */
export type Layout = {
  columns: Column[];
  locale: string;
  words: Translate;
  countryNames: CountryNames;
  slug: string;
  at: Date;
};

/** The bytes of a file, made as rows come. */
export const WRITERS: Record<ExportFormat, (rows: Rows, layout: Layout) => AsyncIterable<Uint8Array>> = {
  CSV: (rows, layout) =>
    Readable.from(tableOf(rows, layout)).compose(csvWriter()) as AsyncIterable<Uint8Array>,
  XLSX: xlsxOf,
  JSON: (rows, layout) => Readable.from(jsonOf(rows, layout)) as AsyncIterable<Uint8Array>,
};

/** Its texts are cells of text: no program takes one for a formula. */
async function* xlsxOf(rows: Rows, layout: Layout): AsyncGenerator<Uint8Array> {
  // Few exports are of this kind, and each start of a worker would pay for it.
  const { writeXlsxStream } = await import("hucre/xlsx");
  yield* writeXlsxStream(tableOf(rows, layout), {
    name: layout.words("sheet"),
    freezePane: { rows: 1 },
    columns: layout.columns.map(() => ({ width: 24 })),
  });
}

/** The headings, then a line of texts for each signature, in the words of a language. */
async function* tableOf(rows: Rows, layout: Layout): AsyncGenerator<string[]> {
  const { columns, words } = layout;
  yield columns.map((column) => words(`columns.${column}`));
  for await (const row of rows) yield columns.map((column) => textOf(column, row[column], layout));
}

function textOf(column: Column, value: ExportRow[Column], { locale, words, countryNames }: Layout): string {
  if (value === null) return "";
  if (value instanceof Date) return timeOf(value);
  if (typeof value === "boolean") return words(value ? "yes" : "no");
  if (column === "kind" || column === "state") return words(`${column}.${value}`);
  return column === "country" ? countryName(String(value), locale, countryNames) : String(value);
}

async function* jsonOf(rows: Rows, { columns, slug, at }: Layout): AsyncGenerator<Buffer> {
  yield Buffer.from(`{"letter":${JSON.stringify(slug)},"exportedAt":"${timeOf(at)}","signatures":[`);
  let separator = "\n";
  for await (const row of rows) {
    const shown = columns.map((column) => [column, plainOf(row[column])]);
    yield Buffer.from(separator + JSON.stringify(Object.fromEntries(shown)));
    separator = ",\n";
  }
  yield Buffer.from("\n]}\n");
}

const plainOf = (value: ExportRow[Column]) => (value instanceof Date ? timeOf(value) : value);

/** To the second, in UTC. */
const timeOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
