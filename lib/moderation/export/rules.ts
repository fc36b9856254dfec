import { ExportFormat } from "@/prisma/generated/enums";

export const FORMATS = Object.values(ExportFormat);

/** What a file can say of a signature, in this order. */
export const COLUMNS = [
  "kind",
  "name",
  "title",
  "position",
  "affiliation",
  "website",
  "orcid",
  "country",
  "countryCode",
  "expert",
  "representative",
  "representativeRole",
  "state",
  "shown",
  "version",
  "submittedAt",
  "confirmedAt",
  "decidedAt",
  "publishedAt",
  "language",
  "updates",
  "email",
] as const;

export type Column = (typeof COLUMNS)[number];

/** Those that are ticked beforehand. */
export const USUAL_COLUMNS: readonly Column[] = [
  ...(["kind", "name", "title", "position", "affiliation", "website", "country", "expert"] as const),
  "submittedAt",
];

/** What a file has of each signature, and whether it has those whose name is not shown. */
export type ExportChoice = { format: ExportFormat; columns: Column[]; hidden: boolean };

/** A file with names that are not shown says of each whether it is: nobody should publish one by mistake. */
export const columnsOf = ({ columns, hidden }: Pick<ExportChoice, "columns" | "hidden">): Column[] =>
  COLUMNS.filter((column) => columns.includes(column) || (hidden && column === "shown"));

/** Whether a file says what readers are not told, so that only owners may have it, once they have confirmed who they are. */
export const isDelicate = ({ columns, hidden }: { columns: readonly string[]; hidden: boolean }) =>
  hidden || columns.includes("email");

/** What a file has that readers are not told: its name, its row and the audit log say so. */
export type Delicate = "none" | "hidden" | "emails" | "both";

export function delicateParts({
  columns,
  hidden,
}: {
  columns: readonly string[];
  hidden: boolean;
}): Delicate {
  const emails = columns.includes("email");
  if (hidden) return emails ? "both" : "hidden";
  return emails ? "emails" : "none";
}

/** For how long a file can be taken away. */
export const EXPORT_MINUTES = 60;

export const exportEnd = (now: Date) => new Date(now.getTime() + EXPORT_MINUTES * 60_000);

/** How many files one administrator may have waiting to be written. */
export const MOST_RUNNING = 3;

/** How many rows a sheet has below its headings. */
export const SHEET_ROWS = 1_048_575;

const ENDINGS: Record<ExportFormat, { ending: string; type: string }> = {
  CSV: { ending: "csv", type: "text/csv; charset=utf-8" },
  XLSX: { ending: "xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  JSON: { ending: "json", type: "application/json; charset=utf-8" },
};

const WARNINGS: Record<Delicate, string> = {
  none: "",
  hidden: "-WITH-HIDDEN-NAMES",
  emails: "-WITH-EMAIL-ADDRESSES",
  both: "-WITH-HIDDEN-NAMES-AND-EMAIL-ADDRESSES",
};

type Named = { slug: string; format: ExportFormat; columns: readonly string[]; hidden: boolean; at: Date };

/** The name and the type that a file has for a browser. */
export function fileKind({ slug, format, at, ...has }: Named): { name: string; type: string } {
  const { ending, type } = ENDINGS[format];
  const day = at.toISOString().slice(0, 10);
  return { name: `${slug}-signatures-${day}${WARNINGS[delicateParts(has)]}.${ending}`, type };
}
