import { foldName } from "@/lib/fields/names/rules";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { siteSkeleton } from "@/lib/fields/websites/site-skeleton";
import type { Standing } from "@/lib/signatures/engine/rules";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

/** What the public list shows of a signatory besides kind, country and expert. Listed here and nowhere else. */
export const PUBLIC_FIELDS = [
  "name",
  "title",
  "position",
  "affiliation",
  "website",
  "orcid",
] as const satisfies (keyof SignatoryFields)[];

export type PublicFields = Pick<SignatoryFields, (typeof PUBLIC_FIELDS)[number]>;

/** The columns of `signatory` that are filled exactly while it is on the public list. */
export const PUBLIC_COLUMNS = ["country", ...PUBLIC_FIELDS, "folded", "skeleton", "site_skeleton"] as const;

export type PublicColumns = Record<(typeof PUBLIC_COLUMNS)[number], string | null>;

/** The columns of a signatory that is not on the list. */
export const NOT_SHOWN = Object.fromEntries(PUBLIC_COLUMNS.map((name) => [name, null])) as PublicColumns;

/** The columns of a signatory that is on the list, with the forms under which name and website are found or resembled. */
export function shownColumns({ country, fields }: Pick<Standing, "country" | "fields">): PublicColumns {
  const { name, website } = fields;
  const shown = Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, fields[field]])) as PublicFields;
  const compared = {
    folded: foldName(name),
    skeleton: skeletonOf(name),
    site_skeleton: website && siteSkeleton(website),
  };
  return { country, ...shown, ...compared };
}
