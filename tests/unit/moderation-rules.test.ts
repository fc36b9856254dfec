import { describe, expect, it } from "vitest";
import { tallyChanges } from "@/lib/counts/rules";
import { possibleActions } from "@/lib/moderation/rules";
import type { Standing } from "@/lib/signatures/engine/rules";
import { SignatureState } from "@/prisma/generated/enums";

const fields = {
  name: "Ada Exampleton",
  title: null,
  position: null,
  affiliation: null,
  website: null,
  orcid: null,
  representativeName: null,
  representativeRole: null,
};

const standing = (changes: Partial<Standing> = {}): Standing => ({
  letterId: "letter",
  language: "en",
  state: "VERIFIED",
  visibility: "PUBLIC",
  kind: "INDIVIDUAL",
  country: "GB",
  expert: false,
  hold: null,
  version: { id: "version", number: 1 },
  earlier: false,
  concealed: false,
  fields,
  ...changes,
});

describe("what a moderator can do", () => {
  it.each([
    ["PENDING", []],
    [
      "VERIFIED",
      ["approve", "approveAsExpert", "markExpert", "correct", "reject", "hold", "hide", "withdraw"],
    ],
    ["APPROVED", ["markExpert", "correct", "reject", "hide", "withdraw"]],
    ["REJECTED", ["approve", "approveAsExpert", "withdraw"]],
    ["WITHDRAWN", []],
    ["EXPIRED", []],
  ] as const)("with an individual that is %s", (state, acts) => {
    expect(possibleActions(standing({ state }))).toEqual(acts);
  });

  it("takes a mark back, and marks no organisation", () => {
    expect(possibleActions(standing({ expert: true }))).toEqual([
      "approve",
      "unmarkExpert",
      "correct",
      "reject",
      "hold",
      "hide",
      "withdraw",
    ]);
    const organisation = { kind: "ORGANISATION", hold: "BULK", visibility: "WITHHELD" } as const;
    expect(possibleActions(standing(organisation))).toEqual([
      ...["approve", "correct", "reject", "release", "withdraw"],
    ]);
  });
});

describe("what a change does to the counts", () => {
  // Without the numbers that do not change.
  const change = (before: Partial<Standing>, after: Partial<Standing>) =>
    tallyChanges(standing(before), standing({ ...before, ...after })).map(({ row, change }) => [
      row.country,
      Object.fromEntries(Object.entries(change).filter(([, number]) => number !== 0)),
    ]);

  it("adds an approval and takes a rejection out again", () => {
    const withheld = { visibility: "WITHHELD", expert: true } as const;
    expect(change(withheld, { state: "APPROVED" })).toEqual([
      ["GB", { approved: 1, experts: 1, withheld: 1, withheldExperts: 1 }],
    ]);
    expect(change({ ...withheld, state: "APPROVED" }, { state: "REJECTED" })).toEqual([
      ["GB", { approved: -1, experts: -1, withheld: -1, withheldExperts: -1 }],
    ]);
  });

  it("moves between countries in one order whichever the direction", () => {
    const approved = { state: "APPROVED" } as const;
    const one = { approved: 1 };
    const less = { approved: -1 };
    expect(change(approved, { country: "FR" })).toEqual([
      ["FR", one],
      ["GB", less],
    ]);
    expect(change({ ...approved, country: "FR" }, { country: "GB" })).toEqual([
      ["FR", less],
      ["GB", one],
    ]);
  });

  it("does nothing for what does not count", () => {
    for (const state of Object.values(SignatureState)) {
      expect(change({ state }, {})).toEqual([]);
      if (state !== "APPROVED") expect(change({ state }, { expert: true, country: "FR" })).toEqual([]);
    }
  });
});
