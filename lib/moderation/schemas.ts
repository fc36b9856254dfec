import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import type { Seen } from "@/lib/moderation/moderate";
import { comment } from "@/lib/signatures/field-schemas";
import { LIMITS } from "@/lib/signatures/schemas";
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
export function parseReason(values: FormValues): Parsed<{ reason: string }> {
  const parsed = parse(rejection, values);
  if (!parsed.ok) return parsed;
  const { reason } = parsed.data;
  return reason ? { ok: true, data: { reason } } : { ok: false, errors: { reason: ["required"] } };
}
