import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import type { Seen } from "@/lib/moderation/moderate";
import { comment } from "@/lib/signatures/field-schemas";
import { errorsByField, LIMITS } from "@/lib/signatures/schemas";
import { SignatureState } from "@/prisma/generated/enums";

const seen = z.object({ state: z.enum(SignatureState), revision: z.string().check(z.regex(/^\d{1,9}$/)) });

/** What the moderator's page showed, from its hidden fields. Others than our pages send name revision 0, which nothing has. */
export function parseSeen(signatureId: string, values: FormValues): Seen {
  const parsed = seen.safeParse(values);
  if (!parsed.success) return { signatureId, state: "PENDING", revision: 0 };
  return { signatureId, state: parsed.data.state, revision: Number(parsed.data.revision) };
}

const rejection = z.object({ reason: comment(LIMITS.reason) });

/** Reads the reason of a rejection; an empty one is an error. */
export function parseReason(
  values: FormValues,
): { ok: true; reason: string } | { ok: false; errors: FieldErrors } {
  const parsed = rejection.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { reason } = parsed.data;
  return reason ? { ok: true, reason } : { ok: false, errors: { reason: ["required"] } };
}
