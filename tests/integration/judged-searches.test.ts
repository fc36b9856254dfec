import { beforeAll, describe, expect, it } from "vitest";
import { inventedEntry } from "@/dev/bench-list/invented-entries";
import { db } from "@/lib/db/client";
import { searchList } from "@/lib/signatories/search-list";
import { JUDGED_SEARCHES } from "../fixtures/judged-searches";
import { AWKWARD_NAMES, REAL_NAMES } from "../fixtures/names";
import { openLetter } from "../support/letters";
import { listEntries } from "../support/public-entries";

/** Of these many, beside the sought ones and 1,600 real names of all scripts. */
const OTHERS = 2_500;
const SHOWN_FIRST = 5;

let letterId: string;

beforeAll(async () => {
  ({ id: letterId } = await openLetter());
  const sought = new Map(JUDGED_SEARCHES.map(({ name, affiliation }) => [name, { name, affiliation }]));
  const real = [...REAL_NAMES.map(({ name }) => name), ...AWKWARD_NAMES].map((name) => ({ name }));
  const invented = Array.from({ length: OTHERS }, (_, place) => inventedEntry(place));
  await listEntries(letterId, [...invented, ...real, ...sought.values()]);
});

describe("300 searches in five scripts", () => {
  it("bring the right name among the first five, in 95 of a hundred of each script", async () => {
    expect(JUDGED_SEARCHES).toHaveLength(300);
    const missed: string[] = [];
    for (const { script, query, name } of JUDGED_SEARCHES) {
      const { signatories } = await searchList(db, letterId, { q: query }, {}, SHOWN_FIRST);
      if (!signatories.some((one) => one.name === name)) missed.push(`${script}: ${query} for ${name}`);
    }
    console.info(`${300 - missed.length} of 300 found among the first five`, missed);
    for (const script of new Set(JUDGED_SEARCHES.map((one) => one.script)))
      expect(missed.filter((line) => line.startsWith(script)).length, script).toBeLessThanOrEqual(3);
  });
});
