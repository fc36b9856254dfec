import * as z from "zod/mini";
import { COUNTRIES } from "@/lib/fields/countries/rules";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";

/** What the form sends for all names. */
export const ALL_NAMES = "all";

const form = z.object({ whose: z.enum([ALL_NAMES, ...COUNTRIES], "required") });

/** Reads whose names are to be hidden: those of a country, or all (null). */
export function parseHiding(values: FormValues): Parsed<{ country: string | null }> {
  const parsed = parse(form, values);
  if (!parsed.ok) return parsed;
  const { whose } = parsed.data;
  return { ok: true, data: { country: whose === ALL_NAMES ? null : whose } };
}
