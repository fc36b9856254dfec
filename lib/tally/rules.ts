import type { SignatoryKind } from "@/prisma/generated/enums";

/** The counts of a letter. Only approved signatures count, withheld ones included. */
export type Tally = {
  organisations: number;
  /** Countries of the organisations, each once. */
  countries: number;
  /** Experts included. */
  individuals: number;
  experts: number;
  /** Individuals who are not experts. */
  others: number;
  withheldOrganisations: number;
  withheldIndividuals: number;
  total: number;
};

export type CountedRow = {
  kind: SignatoryKind;
  country: string;
  approved: number;
  experts: number;
  withheld: number;
};

/** Adds the kept rows of one letter up. A country counts once, over organisations; an emptied row counts nothing. */
export function addUp(rows: CountedRow[]): Tally {
  const organisations = rows.filter(({ kind, approved }) => kind === "ORGANISATION" && approved > 0);
  const individuals = rows.filter(({ kind }) => kind === "INDIVIDUAL");
  const organisationCount = sum(organisations, "approved");
  const individualCount = sum(individuals, "approved");
  const experts = sum(individuals, "experts");
  return {
    organisations: organisationCount,
    countries: new Set(organisations.map(({ country }) => country)).size,
    individuals: individualCount,
    experts,
    others: individualCount - experts,
    withheldOrganisations: sum(organisations, "withheld"),
    withheldIndividuals: sum(individuals, "withheld"),
    total: organisationCount + individualCount,
  };
}

function sum(rows: CountedRow[], column: "approved" | "experts" | "withheld"): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
