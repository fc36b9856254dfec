import type { TallyChange, TallyRow } from "@/lib/counts/change-tally";
import { INTERNATIONAL } from "@/lib/fields/countries/rules";
import { hides } from "@/lib/signatories/hiding/rules";
import { type CountedStanding, isCounted, isShown } from "@/lib/signatures/engine/rules";
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
const SHARED_COUNTRY = 3;

/**
 * Adds up what readers see of the kept rows of one letter: what is shown as it is now, what is withheld as it was last
 * published. A country counts once, over organisations, and never gives a withheld one away; "International" is none.
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

const isCountryTold = ({ country, shown, withheld }: SeenRow) =>
  country !== INTERNATIONAL && (shown > 0 || withheld >= SHARED_COUNTRY);

function sum(rows: SeenRow[], column: "all" | "experts" | "withheld"): number {
  return rows.reduce((total, row) => total + row[column], 0);
}

export type CountryCount = { country: string; count: number };

/**
 * How many approved signatures come from each country, most first.
 * @param opens whether the one who looks may open entries; for others hidden ones are told as readers are told of them
 * @param hidden the countries whose individuals' names the organiser hides: also those that are still on their way off the list
 */
export function countriesOf(rows: KeptRow[], opens: boolean, hidden: readonly string[] = []): CountryCount[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const { country, shown: listed, withheld } = seenRow(row);
    const shown = hides(hidden, row) ? 0 : listed;
    const told = opens ? row.approved : shown + (withheld >= SHARED_COUNTRY ? withheld : 0);
    counts.set(country, (counts.get(country) ?? 0) + told);
  }
  const told = [...counts].flatMap(([country, count]) => (count > 0 ? [{ country, count }] : []));
  return told.sort((one, other) => other.count - one.count || (one.country < other.country ? -1 : 1));
}

const NO_CHANGE: TallyChange = {
  approved: 0,
  experts: 0,
  withheld: 0,
  withheldExperts: 0,
};

/**
 * What a change of standing does to the counts: the old one is taken out, the new one put in.
 * @returns rows in a fixed order, so that concurrent changes lock them alike; none where nothing changes
 */
export function tallyChanges(
  before: CountedStanding,
  after: CountedStanding,
): { row: TallyRow; change: TallyChange }[] {
  const rows = new Map<string, { row: TallyRow; change: TallyChange }>();
  for (const [standing, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!isCounted(standing)) continue;
    const { letterId, kind, country, expert } = standing;
    const change = rows.get(country)?.change ?? { ...NO_CHANGE };
    const withheld = !isShown(standing);
    change.approved += sign;
    change.experts += expert ? sign : 0;
    change.withheld += withheld ? sign : 0;
    change.withheldExperts += withheld && expert ? sign : 0;
    rows.set(country, { row: { letterId, kind, country }, change });
  }
  // Nobody counts twice until the next batch.
  const again = isCounted(before) && !isShown(before) && isCounted(after) && isShown(after);
  const was = again ? rows.get(before.country)?.change : undefined;
  if (was) Object.assign(was, { shownAgain: 1, ...(before.expert && { expertsShownAgain: 1 }) });
  const changed = [...rows.values()].filter(({ change }) =>
    Object.values(change).some((number) => number !== 0),
  );
  return changed.sort((one, other) => (one.row.country < other.row.country ? -1 : 1));
}
