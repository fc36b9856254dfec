import { describe, expect, it } from "vitest";
import { indexPublished } from "@/lib/flags/published-index";
import { areAlike, comparable } from "@/lib/names/resemblance";
import { skeletonOf } from "@/lib/names/skeleton";
import { AWKWARD_NAMES, REAL_NAMES } from "../fixtures/names";

const names = [...REAL_NAMES.map(({ name }) => name), ...AWKWARD_NAMES];
const rows = names.map((name, place) => ({
  signatureId: String(place),
  name,
  website: null,
  skeleton: skeletonOf(name),
  siteSkeleton: null,
}));
const index = indexPublished(rows);
const forms = rows.map(({ signatureId, skeleton }) => ({ signatureId, form: comparable(skeleton) }));

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
      if (place % 8 > 0) continue;
      for (const fake of [name, ...fakes(name, place)]) {
        const skeleton = skeletonOf(fake);
        const sought = comparable(skeleton);
        const expected = forms.filter(({ form }) => areAlike(sought, form));
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
