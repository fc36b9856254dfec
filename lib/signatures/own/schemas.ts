import * as z from "zod/mini";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { USUAL_RULES } from "@/lib/letters/settings/rules";
import { errorsByField, individualSignature, organisationSignature } from "@/lib/signatures/schemas";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** What a signatory wants shown, by the rules of the form that they signed with. */
export type OwnCorrection = { kind: SignatoryKind; country: string; fields: Partial<SignatoryFields> };

type Parsed = { ok: true; correction: OwnCorrection } | { ok: false; errors: FieldErrors };

// Whatever the letter asks for now: what was signed without is corrected without.
const organisation = z.pick(organisationSignature({ ...USUAL_RULES, websiteRequired: false }), {
  organisationName: true,
  website: true,
  country: true,
  representativeName: true,
  representativeRole: true,
  representativePublic: true,
});

const individual = z.pick(individualSignature(USUAL_RULES), {
  fullName: true,
  sortName: true,
  country: true,
  title: true,
  position: true,
  affiliation: true,
  orcid: true,
});

/** Reads the fields that a signatory wants shown. They tell the kind; the verb compares it. */
export function parseOwnCorrection(values: FormValues): Parsed {
  if ("organisationName" in values) {
    const parsed = organisation.safeParse(values);
    if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
    const { organisationName: name, country, ...fields } = parsed.data;
    return { ok: true, correction: { kind: "ORGANISATION", country, fields: { name, ...fields } } };
  }
  const parsed = individual.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { fullName: name, country, sortName, ...rest } = parsed.data;
  // Emptied, it is absent; a program that leaves it out changes nothing.
  const fields = { ...rest, ...("sortName" in values && { sortName: sortName ?? undefined }) };
  return { ok: true, correction: { kind: "INDIVIDUAL", country, fields: { name, ...fields } } };
}
