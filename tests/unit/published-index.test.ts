import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { indexPublished } from "@/lib/moderation/flags/published-index";
import { AWKWARD_NAMES, REAL_NAMES } from "../fixtures/names";
import { rounds } from "../support/tier";

const names = [...REAL_NAMES.map(({ name }) => name), ...AWKWARD_NAMES];
const rows = names.map((name, place) => ({
  signatureId: String(place),
  name,
  website: null,
  skeleton: skeletonOf(name),
  siteSkeleton: null,
}));
const index = indexPublished(rows);

/** What resembles, counted out without any short cut. */
function alike(one: string, other: string): boolean {
  const longest = Math.max([...one].length, [...other].length);
  const most = longest >= 18 ? 2 : longest >= 9 ? 1 : 0;
  const sorted = (text: string) => text.split(" ").sort().join(" ");
  return distance(one, other) <= most || distance(sorted(one), sorted(other)) <= most;
}

/** A name as somebody would fake it: a letter other, left out, added, doubled, or its words the other way round. */
function fakes(name: string, place: number): string[] {
  const letters = [...name];
  const at = (place * 7) % letters.length;
  const edited = (...put: string[]) => [...letters.slice(0, at), ...put, ...letters.slice(at + 1)].join("");
  const letter = letters[at] ?? "";
  return [
    edited("x"),
    edited(),
    edited(letter, "x"),
    edited(letter, letter),
    name.split(" ").reverse().join(" "),
  ];
}

describe("the index of a letter's list", () => {
  it("finds every name that resembles another, and none besides", () => {
    for (const [place, name] of names.entries()) {
      if (place % rounds(64, 16) > 0) continue;
      for (const fake of [name, ...fakes(name, place)]) {
        const skeleton = skeletonOf(fake);
        const expected = rows.filter((row) => alike(skeleton, row.skeleton));
        const found = index.named(skeleton, "").map(({ signatureId }) => signatureId);
        expect(found.sort(), fake).toEqual(expected.map(({ signatureId }) => signatureId).sort());
      }
    }
  });

  it("leaves a signature's own name out", () => {
    expect(index.named(skeletonOf(names[0] ?? ""), "0")).toEqual([]);
    expect(index.named(skeletonOf(names[0] ?? ""), "1").map(({ name }) => name)).toEqual([names[0]]);
  });
});
