import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { type BlockPattern, readPattern } from "@/lib/moderation/blocklist/rules";
import { comment } from "@/lib/signatures/field-schemas";
import { LIMITS } from "@/lib/signatures/schemas";
import { BlockKind } from "@/prisma/generated/enums";

export type AskedBlock = BlockPattern & { reason: string };

const form = z.object({
  kind: z.enum(BlockKind, "required"),
  pattern: z._default(z.string("required"), ""),
  reason: comment(LIMITS.reason),
});

export function parseBlock(values: FormValues): Parsed<AskedBlock> {
  const parsed = parse(form, values);
  if (!parsed.ok) return parsed;
  const { kind, pattern, reason } = parsed.data;
  const read = readPattern(kind, pattern);
  if (typeof read !== "string" && reason) return { ok: true, data: { ...read, reason } };
  const errors: FieldErrors = {};
  if (typeof read === "string") errors.pattern = [read];
  if (!reason) errors.reason = ["unsaid"];
  return { ok: false, errors };
}
