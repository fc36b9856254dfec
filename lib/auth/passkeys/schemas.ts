import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { requiredLine } from "@/lib/signatures/field-schemas";
import { errorsByField } from "@/lib/signatures/schemas";

/** How long the name of a passkey may be, in characters. */
const PASSKEY_NAME = 60;

const named = z.object({ passkeyName: requiredLine("line", PASSKEY_NAME) });

export function parsePasskeyName(
  values: FormValues,
): { ok: true; name: string } | { ok: false; errors: FieldErrors } {
  const parsed = named.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  return { ok: true, name: parsed.data.passkeyName };
}
