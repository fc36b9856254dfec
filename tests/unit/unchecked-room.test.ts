import { expect, it } from "vitest";
import { UNCHECKED_WAITING } from "@/lib/abuse/limits/limits";
import { excess } from "@/lib/signatures/unchecked-room";

const { most } = UNCHECKED_WAITING;

it.each<[string, { total: number; networks: number; own: number }, ReturnType<typeof excess>]>([
  [
    "below the ceiling nobody, however many are one network's",
    { total: most - 1, networks: 1, own: most - 1 },
    null,
  ],
  [
    "at it one network that has them all",
    { total: most, networks: 1, own: most },
    { of: "network", count: 0 },
  ],
  [
    "at it a network with an even share",
    { total: most, networks: 100, own: most / 100 },
    { of: "network", count: 0 },
  ],
  ["at it no network with less", { total: most, networks: 100, own: most / 100 - 1 }, null],
  ["at it no network with none", { total: most, networks: most * 3, own: 0 }, null],
  [
    "at it a network with one where there are very many",
    { total: most, networks: most, own: 1 },
    { of: "network", count: 0 },
  ],
  [
    "beyond twice as many everybody",
    { total: 2 * most + 3, networks: 9_999, own: 0 },
    { of: "all", count: 3 },
  ],
])("turns away %s", (_, waiting, expected) => {
  expect(excess(waiting)).toEqual(expected);
});
