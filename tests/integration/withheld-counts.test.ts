import pg from "pg";
import { describe, expect, it } from "vitest";
import { CHANGES_CHANNEL } from "@/lib/cache/changes";
import type { CountedChange } from "@/lib/counts/batches";
import { countChanges } from "@/lib/counts/count-changes";
import { publishDueCounts } from "@/lib/counts/publish-withheld";
import { keptRows, readTally } from "@/lib/counts/queries";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { isCounted, isShown } from "@/lib/signatures/engine/rules";
import { later, openLetter } from "../support/letters";

type Letter = { id: string; slug: string };
type Entry = CountedChange["before"];

const entry = (letter: Letter, changes: Partial<Entry> = {}): Entry => ({
  letterId: letter.id,
  state: "VERIFIED",
  visibility: "WITHHELD",
  kind: "ORGANISATION",
  country: "GB",
  expert: false,
  ...changes,
});

/** Changes one entry's standing, as each verb does. @returns the entry as it is now */
async function turn(letter: Letter, before: Entry, changes: Partial<Entry>, minutes = 1): Promise<Entry> {
  const after = { ...before, ...changes };
  await db.$transaction((tx) => countChanges(tx, letter.id, [{ before, after }], later(minutes)));
  return after;
}

const approve = (letter: Letter, changes: Partial<Entry> = {}, minutes = 1) =>
  turn(letter, entry(letter, changes), { state: "APPROVED" }, minutes);

/** All that readers see of a letter's counts. */
async function seen(letter: Letter) {
  const { waiting: _, ...all } = await seenAndWaiting(letter);
  return all;
}

async function seenAndWaiting({ id }: Letter) {
  const { updatedAt, withheldChanges } = await db.letter.findUniqueOrThrow({ where: { id } });
  return { ...(await readTally(db, id)), updatedAt, waiting: withheldChanges };
}

const DAY = 24 * 60;

describe("a withheld signature", () => {
  it("changes nothing that readers see, until three have changed", async () => {
    const letter = await openLetter();
    const shown = await approve(letter, { visibility: "PUBLIC" });
    const before = await seen(letter);
    expect(before).toMatchObject({ organisations: 1, countries: 1, total: 1, updatedAt: later(1) });
    await approve(letter, { country: "FR" }, 2);
    await approve(letter, { country: "FR", kind: "INDIVIDUAL", expert: true }, 3);
    expect(await seen(letter)).toEqual(before);
    await turn(letter, shown, { country: "DE" }, 4);
    expect(await seen(letter)).toEqual({ ...before, updatedAt: later(4) });
    await approve(letter, { country: "FR" }, 5);
    // Two of France do not tell France.
    expect(await seen(letter)).toMatchObject({
      ...{ organisations: 3, countries: 1, individuals: 1, experts: 1, total: 4, updatedAt: later(5) },
      ...{ withheldOrganisations: 2, withheldIndividuals: 1 },
    });
  });

  it("is announced to nobody before: no cached page is made anew", async () => {
    const letter = await openLetter();
    const listener = new pg.Client({ connectionString: env().databaseUrl });
    await listener.connect();
    const heard: string[] = [];
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query(`LISTEN ${CHANGES_CHANNEL}`);
    await approve(letter);
    await approve(letter);
    await listener.query("SELECT 1");
    expect(heard).toEqual([]);
    await approve(letter);
    await listener.query("SELECT 1");
    expect(heard).toEqual([`letter:${letter.slug}`]);
    await listener.end();
  });

  it("is seen within a day, at noon or midnight, where no three come together", async () => {
    const letter = await openLetter();
    await approve(letter, { kind: "INDIVIDUAL" }, 7);
    const before = await seen(letter);
    await publishDueCounts(later(12 * 60 - 1));
    expect(await seen(letter)).toEqual(before);
    await publishDueCounts(later(DAY + 3));
    // The tests' now is noon.
    expect(await seen(letter)).toMatchObject({ individuals: 1, updatedAt: later(DAY) });
    await publishDueCounts(later(3 * DAY));
    expect(await seen(letter)).toMatchObject({ individuals: 1, updatedAt: later(DAY) });
  });

  it("tells its country once three share it", async () => {
    const letter = await openLetter();
    for (const _ of [1, 2, 3]) await approve(letter, { country: "FR" });
    expect(await seen(letter)).toMatchObject({ organisations: 3, countries: 1 });
  });
});

/** A small generator of numbers, so that a failure can be repeated. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe("any course of changes", () => {
  it.each([1, 2, 3])(
    "shows what is shown at once, and what is withheld in batches only (course %i)",
    async (seed) => {
      const letter = await openLetter();
      const pick = chance(seed);
      const entries = Array.from({ length: 12 }, (_, place) =>
        entry(letter, {
          kind: place % 3 === 0 ? "INDIVIDUAL" : "ORGANISATION",
          country: ["GB", "FR"][place % 2] ?? "GB",
          visibility: place % 4 === 0 ? "PUBLIC" : "WITHHELD",
        }),
      );
      let batches = 0;
      for (let minutes = 1; minutes <= 50; minutes++) {
        const place = pick(entries.length);
        const before = entries[place] ?? entry(letter);
        const changes: Partial<Entry>[] = [
          { state: "APPROVED" },
          { state: "APPROVED" },
          { state: "REJECTED" },
          { country: "DE" },
          before.kind === "INDIVIDUAL" ? { expert: !before.expert } : {},
        ];
        const { waiting: waited, ...earlier } = await seenAndWaiting(letter);
        entries[place] = await turn(letter, before, changes[pick(changes.length)] ?? {}, minutes);
        const { waiting: waits, ...now } = await seenAndWaiting(letter);

        const shown = entries.filter(isShown);
        const counted = entries.filter(isCounted);
        const organisations = shown.filter(({ kind }) => kind === "ORGANISATION");
        expect(now.organisations - now.withheldOrganisations).toBe(organisations.length);
        expect(now.total).toBe(shown.length + now.withheldOrganisations + now.withheldIndividuals);
        expect(now.countries).toBeGreaterThanOrEqual(
          new Set(organisations.map(({ country }) => country)).size,
        );
        const nowWithheld = [now.withheldOrganisations, now.withheldIndividuals];
        const published = waited > 0 && waits === 0;
        if (published) {
          batches++;
          expect(waited).toBeGreaterThanOrEqual(2);
          const withheld = counted.filter((one) => !isShown(one));
          expect(nowWithheld.reduce((one, other) => one + other)).toBe(withheld.length);
        } else {
          expect(nowWithheld).toEqual([earlier.withheldOrganisations, earlier.withheldIndividuals]);
        }
        const touched = isShown(before) || isShown(entries[place] ?? before);
        if (!published && !touched) expect(now).toEqual(earlier);
      }
      expect(batches).toBeGreaterThan(1);
      const sums = (await keptRows(db, letter.id)).map(({ approved }) => approved);
      expect(sums.reduce((one, other) => one + other)).toBe(entries.filter(isCounted).length);
    },
  );
});
