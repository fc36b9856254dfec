import { describe, expect, it } from "vitest";
import { headlineParts } from "@/lib/tally/headline";
import { addUp, type CountedRow } from "@/lib/tally/rules";

const row = (
  kind: CountedRow["kind"],
  country: string,
  approved: number,
  experts = 0,
  withheld = 0,
): CountedRow => ({
  kind,
  country,
  approved,
  experts,
  withheld,
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

  it("leaves out a country whose last organisation went", () => {
    expect(addUp([row("ORGANISATION", "GB", 0), row("ORGANISATION", "FR", 2)]).countries).toBe(1);
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
