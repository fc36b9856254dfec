import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { optionalLine, requiredLine } from "@/lib/signatures/field-schemas";
import { errorsByField, LIMITS } from "@/lib/signatures/schemas";

/** A name that an administrator wants watched, and why or who that is. */
export type AskedName = { name: string; note: string | null };

const form = z.object({
  watchlistName: requiredLine("organisation", LIMITS.organisationName),
  note: optionalLine("line", LIMITS.position),
});

export function parseWatchlistName(
  values: FormValues,
): { ok: true; watched: AskedName } | { ok: false; errors: FieldErrors } {
  const parsed = form.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { watchlistName: name, note } = parsed.data;
  return { ok: true, watched: { name, note } };
}
