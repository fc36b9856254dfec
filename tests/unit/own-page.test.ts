import { describe, expect, it } from "vitest";
import { meantOf, stillStands } from "@/app/[locale]/(site)/signatures/[token]/_parts/manage";
import { toBeShown } from "@/app/[locale]/(site)/signatures/[token]/_parts/name-forms";
import { displayedFacts } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";

const fieldsOf = (name: string) => ({
  ...{ name, title: null, position: null, affiliation: null, website: null, orcid: null },
  ...{ representativeName: null, representativeRole: null },
});
const SIGNATURE = {
  ...{ kind: "INDIVIDUAL" as const, country: "GB", signatory: fieldsOf("Ada Hidden") },
  ...{ email: "ada@own.example", movesTo: null, proposal: null },
};
const CHANGE = {
  ...{ country: "GB", fields: fieldsOf("Ada Corrected"), shows: false, reason: null },
  state: "WAITING" as const,
};
const MOVE = { address: "new@own.example", confirmed: false, agreed: false, decidableAt: new Date(0) };

describe("one's own page", () => {
  it("says what still waits once another change was stopped", () => {
    const [moves, changes] = [
      { ...SIGNATURE, movesTo: MOVE },
      { ...SIGNATURE, proposal: CHANGE },
    ];
    expect(stillStands("stopped", [moves])).toBe("move");
    expect(stillStands("moveStopped", [changes])).toBe("change");
    expect(stillStands("moveStopped", [{ ...changes, proposal: { ...CHANGE, state: "REFUSED" } }])).toBe(
      null,
    );
    expect(stillStands("hidden", [moves])).toBe(null);
  });

  it("names the signature that something was done to, where there are several", () => {
    const [one, other] = [{ id: "one" }, { id: "other" }];
    expect(meantOf([one, other], "other")).toBe(other);
    expect(meantOf([one, other], "gone")).toBeUndefined();
    expect(meantOf([one], "one")).toBeUndefined();
  });

  it("names what would be shown of a hidden name, corrected as it waits, and not the address", () => {
    const names = (signature: Parameters<typeof toBeShown>[0]) =>
      displayedFacts(toBeShown(signature), "en").map(([, value]) => value);
    expect(names(SIGNATURE)).toContain("Ada Hidden");
    expect(names(SIGNATURE)).not.toContain(SIGNATURE.email);
    expect(names({ ...SIGNATURE, proposal: CHANGE })).toContain("Ada Corrected");
    expect(names({ ...SIGNATURE, proposal: { ...CHANGE, state: "REFUSED" } })).toContain("Ada Hidden");
  });
});
