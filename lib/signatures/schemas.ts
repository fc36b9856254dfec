import * as z from "zod/mini";
import { LONGEST_ADDRESS } from "@/lib/fields/addresses/rules";
import { type Likely, likelyProvider } from "@/lib/fields/addresses/usual-providers";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { type SigningRules, USUAL_RULES } from "@/lib/letters/settings/rules";
import * as field from "@/lib/signatures/field-schemas";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { SignatoryKind, Visibility } from "@/prisma/generated/enums";

/** How many characters a field may hold, by its name; an address, how many octets. */
export const LIMITS = {
  organisationName: 200,
  website: 300,
  representativeName: 150,
  representativeRole: 150,
  fullName: 150,
  sortName: 150,
  title: 120,
  position: 200,
  /** Room for two. */
  affiliation: 300,
  email: LONGEST_ADDRESS,
  comment: 2_000,
  reason: 1_000,
} as const;

const choices = {
  visibility: z.enum(["public", "withheld"], "required"),
  updates: field.maybeTicked(),
  discreet: field.maybeTicked(),
  comment: field.comment(LIMITS.comment),
  consent: field.ticked(),
};

const need = (required: boolean) => (required ? "required" : "optional");

/** The form of an organisation, its fields in the order of the page. Unknown fields are dropped. */
export const organisationSignature = (rules: SigningRules, likely?: Likely) =>
  z.object({
    organisationName: field.requiredLine("organisation", LIMITS.organisationName),
    website: field.website(LIMITS.website, need(rules.websiteRequired)),
    country: field.country(true),
    representativeName: field.requiredLine("person", LIMITS.representativeName),
    representativeRole: field.requiredLine("line", LIMITS.representativeRole),
    representativePublic: field.maybeTicked(),
    email: field.mailAddress(likely),
    authority: field.ticked(),
    ...choices,
  });

/** The form of an individual, its fields in the order of the page. Unknown fields are dropped. */
export const individualSignature = (rules: SigningRules, likely?: Likely) =>
  z.object({
    fullName: field.requiredLine("person", LIMITS.fullName),
    sortName: field.optionalLine("person", LIMITS.sortName),
    country: field.country(),
    email: field.mailAddress(likely),
    title: field.optionalLine("line", LIMITS.title),
    position: field.optionalLine("line", LIMITS.position),
    affiliation: field.optionalLine("line", LIMITS.affiliation, need(rules.affiliationRequired)),
    orcid: field.orcid(),
    ...choices,
  });

/** The names of the fields by kind, in the order of the page. */
export const FIELDS: Record<SignatoryKind, readonly string[]> = {
  ORGANISATION: Object.keys(organisationSignature(USUAL_RULES).shape),
  INDIVIDUAL: Object.keys(individualSignature(USUAL_RULES).shape),
};

/** A signature as it was given, understood: trimmed, normalised, absent fields null. */
export type SignatureInput = {
  kind: SignatoryKind;
  email: string;
  country: string;
  visibility: Visibility;
  updates: boolean;
  /** Whether emails to its mailbox are to name neither letter nor organiser. */
  discreet?: boolean;
  comment: string | null;
  signatory: SignatoryFields;
};

/** What of it can be edited while it waits in its mailbox. */
export type EntryInput = Omit<SignatureInput, "email">;

/**
 * Reads a signing form: the signature, or the codes of everything that is wrong, by field in the order of the page.
 * @param rules of the letter
 * @param likely finds slips in addresses
 */
export function parseSignature(
  kind: SignatoryKind,
  values: FormValues,
  rules: SigningRules = USUAL_RULES,
  likely = likelyProvider,
): Parsed<SignatureInput> {
  if (!rules[kind === "ORGANISATION" ? "organisations" : "individuals"])
    return { ok: false, errors: { "": [kind === "ORGANISATION" ? "individualsOnly" : "organisationsOnly"] } };
  const schema = (kind === "ORGANISATION" ? organisation : individual)(rules, unanswered(values, likely));
  return parse<SignatureInput>(schema, values);
}

/**
 * Reads the form in which an entry is edited that waits in a mailbox: as signing, without what its mailbox and its signing
 * have given already.
 */
export function parseEntry(kind: SignatoryKind, values: FormValues, rules: SigningRules): Parsed<EntryInput> {
  const given = { email: "known@example.org", authority: "on", consent: "on" };
  const parsed = parseSignature(
    kind,
    { ...values, ...given },
    { ...rules, organisations: true, individuals: true },
  );
  if (!parsed.ok) return parsed;
  const { email: _, ...data } = parsed.data;
  return { ok: true, data };
}

/**
 * The values of a form with the address that was meant, where its sender was asked and has pressed a button. An answer about
 * another address than the one in the box does not count.
 */
export function withMeant({ emailMeant, ...typed }: FormValues, likely: Likely): FormValues {
  if (!emailMeant) return typed;
  const { email = "" } = typed;
  const asked = parseEmail({ email }, likely);
  const counts = emailMeant === email || (!asked.ok && asked.errors.email?.includes(`meant:${emailMeant}`));
  return counts ? { ...typed, email: emailMeant, emailAnswered: emailMeant } : typed;
}

/** Nobody is asked about the same address again once they have answered. */
export const unanswered = ({ email, emailMeant, emailAnswered }: FormValues, likely?: Likely) =>
  email && email === (emailMeant ?? emailAnswered) ? undefined : likely;

/** Reads a form that asks for an address alone, in its field `email`. @param likely finds slips; without it nobody is asked */
export const parseEmail = (values: FormValues, likely?: Likely): Parsed<{ email: string }> =>
  parse(z.object({ email: field.mailAddress(unanswered(values, likely)) }), values);

const NOBODY: SignatoryFields = {
  name: "",
  title: null,
  position: null,
  affiliation: null,
  website: null,
  orcid: null,
  representativeName: null,
  representativeRole: null,
};

type Choices = { [name in keyof typeof choices]: z.infer<(typeof choices)[name]> };

const chosen = ({ visibility, updates, discreet, comment }: Choices) => ({
  visibility: visibility === "public" ? ("PUBLIC" as const) : ("WITHHELD" as const),
  updates,
  discreet,
  comment,
});

const organisation = (rules: SigningRules, likely?: Likely) =>
  z.pipe(
    organisationSignature(rules, likely),
    z.transform((form): SignatureInput => {
      const { organisationName: name, website, representativeName, representativeRole } = form;
      const agreed = rules.representativesShown && form.representativePublic;
      const representative = {
        representativeName,
        representativeRole,
        ...(agreed && { representativePublic: true }),
      };
      const signatory = { ...NOBODY, name, website, ...representative };
      return { kind: "ORGANISATION", email: form.email, country: form.country, ...chosen(form), signatory };
    }),
  );

const individual = (rules: SigningRules, likely?: Likely) =>
  z.pipe(
    individualSignature(rules, likely),
    z.transform((form): SignatureInput => {
      const { fullName: name, sortName, title, position, affiliation, orcid } = form;
      const sorted = sortName && { sortName };
      const signatory = { ...NOBODY, name, ...sorted, title, position, affiliation, orcid };
      return { kind: "INDIVIDUAL", email: form.email, country: form.country, ...chosen(form), signatory };
    }),
  );
