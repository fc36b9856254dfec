import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { USUAL_RULES } from "@/lib/letters/settings/rules";
import { individualSignature, organisationSignature } from "@/lib/signatures/schemas";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** Other fields to be shown of a signature. */
export type Correction = { kind: SignatoryKind; country: string; fields: Partial<SignatoryFields> };

// Whatever the letter asks for now: what was signed without is corrected without.
const organisation = organisationSignature({ ...USUAL_RULES, websiteRequired: false });
const ORGANISATION = { organisationName: true, website: true, country: true } as const;
const REPRESENTATIVE = {
  representativeName: true,
  representativeRole: true,
  representativePublic: true,
} as const;

const individual = individualSignature(USUAL_RULES);
const INDIVIDUAL = {
  fullName: true,
  sortName: true,
  country: true,
  title: true,
  position: true,
  affiliation: true,
} as const;

const SCHEMAS = {
  moderator: {
    organisation: z.pick(organisation, ORGANISATION),
    individual: z.pick(individual, INDIVIDUAL),
  },
  signatory: {
    organisation: z.pick(organisation, { ...ORGANISATION, ...REPRESENTATIVE }),
    individual: z.pick(individual, { ...INDIVIDUAL, orcid: true }),
  },
};

/** Reads a correction by the rules of the signing form. Its fields tell the kind; the verb compares it. */
export function parseCorrection(values: FormValues, by: keyof typeof SCHEMAS): Parsed<Correction> {
  if ("organisationName" in values) {
    const parsed = parse(SCHEMAS[by].organisation, values);
    if (!parsed.ok) return parsed;
    const { organisationName: name, country, ...fields } = parsed.data;
    return { ok: true, data: { kind: "ORGANISATION", country, fields: { name, ...fields } } };
  }
  const parsed = parse(SCHEMAS[by].individual, values);
  if (!parsed.ok) return parsed;
  const { fullName: name, country, sortName, ...rest } = parsed.data;
  // Emptied, it is absent; a program that leaves it out changes nothing.
  const fields = { ...rest, ...("sortName" in values && { sortName: sortName ?? undefined }) };
  return { ok: true, data: { kind: "INDIVIDUAL", country, fields: { name, ...fields } } };
}
