import { describe, expect, it } from "vitest";
import { headlineParts } from "@/lib/counts/headline";
import { addUp, type KeptRow } from "@/lib/counts/rules";

/** A row whose withheld counts readers have seen. */
const row = (
  kind: KeptRow["kind"],
  country: string,
  approved: number,
  experts = 0,
  withheld = 0,
  withheldExperts = 0,
): KeptRow => ({
  kind,
  country,
  approved,
  experts,
  withheld,
  withheldExperts,
  publishedWithheld: withheld,
  publishedWithheldExperts: withheldExperts,
});

describe("the tally", () => {
  it("adds rows up; a country counts once, and only over organisations", () => {
    const rows = [
      row("ORGANISATION", "GB", 3, 0, 1),
      row("ORGANISATION", "FR", 1),
      row("INDIVIDUAL", "GB", 5, 2, 1),
      row("INDIVIDUAL", "TR", 2),
    ];
    expect(addUp(rows)).toEqual({
      organisations: 4,
      countries: 2,
      individuals: 7,
      experts: 2,
      others: 5,
      withheldOrganisations: 1,
      withheldIndividuals: 1,
      total: 11,
    });
  });

  it("counts international organisations, and no country for them", () => {
    const tally = addUp([row("ORGANISATION", "001", 2), row("ORGANISATION", "GB", 1)]);
    expect([tally.organisations, tally.countries]).toEqual([3, 1]);
  });

  it("leaves out a country whose last organisation went", () => {
    expect(addUp([row("ORGANISATION", "GB", 0), row("ORGANISATION", "FR", 2)]).countries).toBe(1);
  });

  it.each([
    ["one shown", row("ORGANISATION", "GB", 1), 1],
    ["one withheld", row("ORGANISATION", "GB", 1, 0, 1), 0],
    ["two withheld", row("ORGANISATION", "GB", 2, 0, 2), 0],
    ["three withheld", row("ORGANISATION", "GB", 3, 0, 3), 1],
    ["one shown beside one withheld", row("ORGANISATION", "GB", 2, 0, 1), 1],
    [
      "three withheld that readers have not seen",
      { ...row("ORGANISATION", "GB", 3, 0, 3), publishedWithheld: 0 },
      0,
    ],
    ["three withheld individuals", row("INDIVIDUAL", "GB", 3, 0, 3), 0],
  ])("tells no country of a withheld organisation by it: %s", (_, kept, countries) => {
    expect(addUp([row("ORGANISATION", "FR", 1), kept]).countries).toBe(1 + countries);
  });

  it("counts what is shown as it is, and what is withheld as it was published", () => {
    const one = { ...row("INDIVIDUAL", "GB", 7, 4, 5, 3), publishedWithheld: 2, publishedWithheldExperts: 1 };
    expect(addUp([one])).toMatchObject({
      individuals: 4,
      experts: 2,
      others: 2,
      withheldIndividuals: 2,
      total: 4,
    });
  });
});

describe("the headline", () => {
  it("invites before the first approval", () => {
    expect(headlineParts(addUp([]))).toEqual({ form: "invitation" });
  });

  it.each([
    [[row("ORGANISATION", "GB", 2)], "organisations"],
    [[row("INDIVIDUAL", "GB", 2, 2)], "experts"],
    [[row("INDIVIDUAL", "GB", 2)], "others"],
    [[row("ORGANISATION", "GB", 2), row("INDIVIDUAL", "GB", 2, 2)], "organisationsExperts"],
    [[row("ORGANISATION", "GB", 2), row("INDIVIDUAL", "GB", 2)], "organisationsOthers"],
    [[row("INDIVIDUAL", "GB", 3, 2)], "expertsOthers"],
    [[row("ORGANISATION", "GB", 2), row("INDIVIDUAL", "GB", 3, 1)], "organisationsExpertsOthers"],
  ])("leaves out the parts that are zero", (rows, key) => {
    expect(headlineParts(addUp(rows))).toMatchObject({ form: "counts", key });
  });
});
