import type * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";

/** What a form says, or the codes of everything that is wrong with it, by field in the order of the page. */
export type Parsed<T> = { ok: true; data: T } | { ok: false; errors: FieldErrors };

/** Reads a form by its schema. */
export function parse<T>(schema: z.ZodMiniType<T>, values: FormValues): Parsed<T> {
  const parsed = schema.safeParse(values);
  return parsed.success
    ? { ok: true, data: parsed.data }
    : { ok: false, errors: errorsByField(parsed.error) };
}

/** The codes of all issues by the field that they belong to, each once. */
export function errorsByField({ issues }: { issues: z.core.$ZodIssue[] }): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) {
    const name = String(path[0] ?? "");
    errors[name] = [...new Set([...(errors[name] ?? []), message])];
  }
  return errors;
}
