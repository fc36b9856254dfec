import type { Parsed } from "@/lib/fields/parse";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { COLUMNS, type Column, type ExportChoice, FORMATS } from "@/lib/moderation/export/rules";

/** The field of a column's box. */
export const columnField = (column: Column) => `column-${column}`;

/** Reads what a file is to have. */
export function parseExport(values: FormValues): Parsed<ExportChoice> {
  const format = FORMATS.find((one) => one === values.format);
  const columns = COLUMNS.filter((column) => values[columnField(column)] === "on");
  const errors: FieldErrors = {
    ...(format ? {} : { format: ["required"] }),
    ...(columns.length > 0 ? {} : { "column-kind": ["noColumn"] }),
  };
  if (!format || columns.length === 0) return { ok: false, errors };
  return { ok: true, data: { format, columns, hidden: values.hidden === "on" } };
}
