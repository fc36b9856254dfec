import { publicForms } from "@/lib/signatories/public-forms";
import type { Change } from "@/lib/signatures/engine/change";
import { isShown, type Standing, standingAfter } from "@/lib/signatures/engine/rules";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { ListSection } from "@/prisma/generated/enums";

/** What the public list shows of a signatory besides section and country. Listed here and nowhere else. */
export const PUBLIC_FIELDS = [
  "name",
  "title",
  "position",
  "affiliation",
  "website",
  "orcid",
] as const satisfies (keyof SignatoryFields)[];

export type PublicFields = Pick<SignatoryFields, (typeof PUBLIC_FIELDS)[number]>;

/** A representative's name is shown only where that person agreed. */
export const representativeOf = ({ representativePublic, representativeName }: SignatoryFields) =>
  representativePublic ? representativeName : null;

/** The columns of `public_signatory` that the engine writes, with their types in the database. */
export const PUBLIC_COLUMNS = {
  signature_id: "uuid",
  letter_id: "uuid",
  section: '"ListSection"',
  country: "varchar(3)",
  ...(Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, "text"])) as Record<
    keyof PublicFields,
    "text"
  >),
  sort_name: "text",
  representative: "text",
  published_at: "timestamptz",
  signed_at: "timestamptz",
  version: "int",
  sort_key: "text",
  search_text: "text",
  search_grams: "int[]",
  skeleton: "text",
  site_skeleton: "text",
  near_keys: "int[]",
} as const;

/** What becomes of an entry's row of the public list. */
export type PublicRowChange = { gone: string } | { row: Record<keyof typeof PUBLIC_COLUMNS, unknown> };

/** The row that follows from a change: there while the entry is shown, else gone; null where it stays as it is. */
export function publicRowChange(
  { subject, after: change }: Change,
  publishedAt: unknown,
): PublicRowChange | null {
  const after = standingAfter(subject, change);
  if (!isShown(after)) return isShown(subject) ? { gone: subject.id } : null;
  const same = [change.country, change.expert, change.fields, change.version, change.earlier].every(
    (part) => part === undefined,
  );
  if (isShown(subject) && same) return null;
  return {
    row: {
      signature_id: subject.id,
      published_at: publishedAt,
      signed_at: subject.submittedAt,
      ...shown(after),
    },
  };
}

function shown({ letterId, language, kind, expert, country, fields, version, earlier }: Standing) {
  const group = kind === "ORGANISATION" ? "ORGANISATIONS" : expert ? "EXPERTS" : "OTHERS";
  const section: ListSection = earlier ? `EARLIER_${group}` : group;
  const visible = Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, fields[field]])) as PublicFields;
  return {
    section,
    letter_id: letterId,
    country,
    version: version.number,
    ...visible,
    sort_name: fields.sortName ?? null,
    representative: representativeOf(fields),
    ...publicForms({ letterId, language, section, country, sortName: fields.sortName ?? null, ...visible }),
  };
}
