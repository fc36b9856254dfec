import type { SignatoryKind } from "@/prisma/generated/enums";

/** The counts of a letter as readers see them. Only approved signatures count, withheld ones included. */
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

/** The counts of one kind and country as they are. */
export type CountedRow = {
  kind: SignatoryKind;
  country: string;
  approved: number;
  experts: number;
  withheld: number;
  withheldExperts: number;
};

/** The same with the withheld counts that readers see, which follow in batches. */
export type KeptRow = CountedRow & { publishedWithheld: number; publishedWithheldExperts: number };

/** How many withheld organisations must share a country before it is counted for them. */
export const SHARED_COUNTRY = 3;

/**
 * Adds up what readers see of the kept rows of one letter: what is shown as it is now, what is withheld as it was last
 * published. A country counts once, over organisations, and never gives a withheld one away.
 */
export function addUp(rows: KeptRow[]): Tally {
  const seen = rows.map(seenRow);
  const organisations = seen.filter(({ kind }) => kind === "ORGANISATION");
  const individuals = seen.filter(({ kind }) => kind === "INDIVIDUAL");
  const experts = sum(individuals, "experts");
  const organisationCount = sum(organisations, "all");
  const individualCount = sum(individuals, "all");
  return {
    organisations: organisationCount,
    countries: new Set(organisations.filter(isCountryTold).map(({ country }) => country)).size,
    individuals: individualCount,
    experts,
    others: individualCount - experts,
    withheldOrganisations: sum(organisations, "withheld"),
    withheldIndividuals: sum(individuals, "withheld"),
    total: organisationCount + individualCount,
  };
}

function seenRow({ kind, country, approved, experts, ...row }: KeptRow) {
  const shown = approved - row.withheld;
  const withheld = row.publishedWithheld;
  return {
    kind,
    country,
    shown,
    withheld,
    all: shown + withheld,
    experts: experts - row.withheldExperts + row.publishedWithheldExperts,
  };
}

type SeenRow = ReturnType<typeof seenRow>;

const isCountryTold = ({ shown, withheld }: SeenRow) => shown > 0 || withheld >= SHARED_COUNTRY;

function sum(rows: SeenRow[], column: "all" | "experts" | "withheld"): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
