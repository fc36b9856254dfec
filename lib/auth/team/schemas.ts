import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { mailAddress } from "@/lib/signatures/field-schemas";
import { AdminRole } from "@/prisma/generated/enums";

/** The roles in the order in which they are offered: the least first. */
export const ROLES = ["READER", "MODERATOR", "EDITOR", "OWNER"] as const satisfies readonly AdminRole[];

const role = z.enum(AdminRole, "required");
/** Whether a role is for all letters or for those that are ticked. */
export const REACHES = ["ALL", "SOME"] as const;
const reach = z.enum(REACHES, "required");
const invitation = z.object({ email: mailAddress(), role, reach });
const change = z.object({ role, reach });

/** The box of a letter is named by this and the letter's public id. */
export const LETTER_BOX = "letter-";

/** `letters` by their public ids; null for all. */
type Role = { role: AdminRole; letters: string[] | null };

export const parseInvitation = (values: FormValues): Parsed<{ email: string } & Role> =>
  withLetters(parse(invitation, values), values);

export const parseRole = (values: FormValues): Parsed<Role> => withLetters(parse(change, values), values);

function withLetters<T extends { role: AdminRole; reach: (typeof REACHES)[number] }>(
  parsed: Parsed<T>,
  values: FormValues,
): Parsed<Omit<T, "reach"> & Role> {
  if (!parsed.ok) return parsed;
  const { reach: chosen, ...rest } = parsed.data;
  // Never a wider role than somebody meant to give.
  if (chosen === "SOME" && rest.role === "OWNER") return { ok: false, errors: { reach: ["ownerOfAll"] } };
  if (chosen === "ALL") return { ok: true, data: { ...rest, letters: null } };
  const letters = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(LETTER_BOX) && value === "on" ? name.slice(LETTER_BOX.length) : [],
  );
  if (letters.length === 0) return { ok: false, errors: { reach: ["noLetterTicked"] } };
  return { ok: true, data: { ...rest, letters } };
}
