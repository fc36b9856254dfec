import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { mailAddress } from "@/lib/signatures/field-schemas";
import { errorsByField } from "@/lib/signatures/schemas";
import { AdminRole } from "@/prisma/generated/enums";

type Parsed<T> = ({ ok: true } & T) | { ok: false; errors: FieldErrors };

/** The roles in the order in which they are offered: the least first. */
export const ROLES = ["READER", "MODERATOR", "OWNER"] as const satisfies readonly AdminRole[];

const role = z.enum(AdminRole, "required");
const invitation = z.object({ email: mailAddress(), role });
const change = z.object({ role });

export function parseInvitation(values: FormValues): Parsed<{ email: string; role: AdminRole }> {
  const parsed = invitation.safeParse(values);
  return parsed.success ? { ok: true, ...parsed.data } : { ok: false, errors: errorsByField(parsed.error) };
}

export function parseRole(values: FormValues): Parsed<{ role: AdminRole }> {
  const parsed = change.safeParse(values);
  return parsed.success ? { ok: true, ...parsed.data } : { ok: false, errors: errorsByField(parsed.error) };
}
