import * as z from "zod/mini";
import type { Likely } from "@/lib/fields/addresses/usual-providers";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import * as field from "@/lib/signatures/field-schemas";
import { LIMITS, unanswered } from "@/lib/signatures/schemas";

/** Reads what somebody says who has not signed: their own address, and a message to the moderators. */
export function parseObjection(
  values: FormValues,
  likely?: Likely,
): Parsed<{ email: string; comment: string | null }> {
  const email = field.mailAddress(unanswered(values, likely));
  return parse(z.object({ email, comment: field.comment(LIMITS.comment) }), values);
}
