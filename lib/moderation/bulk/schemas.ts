import type { Parsed } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { parseReason } from "@/lib/moderation/schemas";
import { BulkOperation } from "@/prisma/generated/enums";

/** Reads which operation is asked for; null where it is none. */
export function parseOperation({ operation }: FormValues): BulkOperation | null {
  return Object.values(BulkOperation).find((one) => one === operation) ?? null;
}

/** Reads the form that runs a draft. A rejection needs a reason; the form of others has no field for one. */
export const parseRun = (values: FormValues): Parsed<{ reason: string | null }> =>
  values.reason === undefined ? { ok: true, data: { reason: null } } : parseReason(values);
