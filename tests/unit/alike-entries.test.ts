import { describe, expect, it } from "vitest";
import { alikeEntries } from "@/lib/signatures/alike-entries";

const entries = (names: readonly string[], more: object = {}) =>
  names.map((name, place) => ({
    ...{ id: String(place), slug: "one", kind: "ORGANISATION" as const, signatory: { name } },
    submittedAt: new Date(place),
    ...(place > 0 ? more : {}),
  }));

describe("two entries of one mailbox", () => {
  it.each([
    ["Exampel Trust", "Example Trust"],
    ["Ada Lovelace", "Ada B. Lovelace"],
    ["ada lovelace", "Ada Lovelace"],
    ["Ann Lee", "Anne Lee"],
    ["Ada Lovelace", "Ada Lovelace"],
    ["آدا المثالي", "آدا المثالى"],
  ])("are a slip and its correction: %s, %s", (slip, correction) => {
    expect([...alikeEntries(entries([slip, correction])).values()]).toEqual([
      { as: "slip", name: correction },
      { as: "correction", name: slip },
    ]);
  });

  it.each([
    ["Ada Keys", "Ben Keys"],
    ["Member One", "Member Two"],
    ["Branch 1", "Branch 2"],
    ["Example Trust", "Something Else"],
  ])("are two: %s, %s", (one, other) => expect(alikeEntries(entries([one, other])).size).toBe(0));

  it("are two where letter or kind is another", () => {
    const names = ["Exampel Trust", "Example Trust"];
    expect(alikeEntries(entries(names, { slug: "two" })).size).toBe(0);
    expect(alikeEntries(entries(names, { kind: "INDIVIDUAL" })).size).toBe(0);
  });
});
