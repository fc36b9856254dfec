import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { comment } from "@/lib/signatures/field-schemas";
import { errorsByField, LIMITS } from "@/lib/signatures/schemas";
import { BulkOperation } from "@/prisma/generated/enums";

/** Reads which operation is asked for; null where it is none. */
export function parseOperation({ operation }: FormValues): BulkOperation | null {
  return Object.values(BulkOperation).find((one) => one === operation) ?? null;
}

const run = z.object({ reason: comment(LIMITS.reason) });

type Parsed = { ok: true; reason: string | null } | { ok: false; errors: FieldErrors };

/** Reads the form that runs a draft. A rejection needs a reason; the form of others has no field for one. */
export function parseRun(values: FormValues): Parsed {
  if (values.reason === undefined) return { ok: true, reason: null };
  const parsed = run.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { reason } = parsed.data;
  return reason ? { ok: true, reason } : { ok: false, errors: { reason: ["required"] } };
}
