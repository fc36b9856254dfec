import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { USUAL_RULES } from "@/lib/letters/settings/rules";
import type { Seen } from "@/lib/moderation/moderate";
import { comment } from "@/lib/signatures/field-schemas";
import { errorsByField, individualSignature, LIMITS, organisationSignature } from "@/lib/signatures/schemas";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { type SignatoryKind, SignatureState } from "@/prisma/generated/enums";

type Parsed<T> = ({ ok: true } & T) | { ok: false; errors: FieldErrors };

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
  const parsed = rejection.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { reason } = parsed.data;
  return reason ? { ok: true, reason } : { ok: false, errors: { reason: ["required"] } };
}

export type Correction = { kind: SignatoryKind; country: string; fields: Partial<SignatoryFields> };

// Whatever the letter asks for now: what was signed without is corrected without.
const organisation = z.pick(organisationSignature({ ...USUAL_RULES, websiteRequired: false }), {
  organisationName: true,
  website: true,
  country: true,
});

const individual = z.pick(individualSignature(USUAL_RULES), {
  fullName: true,
  sortName: true,
  country: true,
  title: true,
  position: true,
  affiliation: true,
});

/** Reads a correction by the same rules as the signing form. Its fields tell the kind; the verb compares it. */
export function parseCorrection(values: FormValues): Parsed<{ correction: Correction }> {
  return "organisationName" in values ? parseOrganisation(values) : parseIndividual(values);
}

function parseOrganisation(values: FormValues): Parsed<{ correction: Correction }> {
  const parsed = organisation.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { organisationName: name, website, country } = parsed.data;
  return { ok: true, correction: { kind: "ORGANISATION", country, fields: { name, website } } };
}

function parseIndividual(values: FormValues): Parsed<{ correction: Correction }> {
  const parsed = individual.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { fullName: name, sortName, country, ...fields } = parsed.data;
  // A page from before the field was there says nothing of it; an emptied one takes it away.
  const sorted = "sortName" in values && { sortName: sortName ?? undefined };
  return { ok: true, correction: { kind: "INDIVIDUAL", country, fields: { name, ...sorted, ...fields } } };
}
