import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { keysOfLooks, probesForLooks } from "@/lib/fields/names/near-keys";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { AWKWARD_NAMES, REAL_NAMES } from "../fixtures/names";
import { rounds } from "../support/tier";

const names = [...REAL_NAMES.map(({ name }) => name), ...AWKWARD_NAMES];
const rows = names.map(skeletonOf).map((skeleton) => ({
  skeleton,
  keys: new Set(keysOfLooks({ names: [skeleton], sites: [] })),
}));

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

describe("the keys of lookalikes", () => {
  it("are shared by all names that resemble each other, and by few besides", () => {
    let shared = 0;
    let asked = 0;
    for (const [place, name] of names.entries()) {
      if (place % rounds(64, 16) > 0) continue;
      for (const fake of [name, ...fakes(name, place)]) {
        const skeleton = skeletonOf(fake);
        const probes = probesForLooks({ names: [skeleton], sites: [] });
        const found = rows.filter(({ keys }) => probes.some((key) => keys.has(key)));
        const expected = rows.filter((row) => alike(skeleton, row.skeleton));
        expect(
          expected.filter((row) => !found.includes(row)).map((row) => row.skeleton),
          fake,
        ).toEqual([]);
        shared += found.length - expected.length;
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(100);
    // Of what is looked at, few in a hundred of all names are none.
    expect(shared / asked / names.length).toBeLessThan(0.02);
  });

  it("are other ones for websites than for names", () => {
    const [name, site] = [
      keysOfLooks({ names: ["example"], sites: [] }),
      keysOfLooks({ names: [], sites: ["example"] }),
    ];
    expect(name.filter((key) => site.includes(key))).toEqual([]);
  });
});
