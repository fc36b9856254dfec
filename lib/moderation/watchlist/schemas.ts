import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { optionalLine, requiredLine } from "@/lib/signatures/field-schemas";
import { LIMITS } from "@/lib/signatures/schemas";

/** A name that an administrator wants watched, and why or who that is. */
export type AskedName = { name: string; note: string | null };

const form = z.object({
  watchlistName: requiredLine("organisation", LIMITS.organisationName),
  note: optionalLine("line", LIMITS.position),
});

export function parseWatchlistName(values: FormValues): Parsed<AskedName> {
  const parsed = parse(form, values);
  if (!parsed.ok) return parsed;
  const { watchlistName: name, note } = parsed.data;
  return { ok: true, data: { name, note } };
}
