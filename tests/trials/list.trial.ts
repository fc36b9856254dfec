import "../support/own-database";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { fillLists } from "@/dev/bench-list/fill-list";
import { inventedEntry } from "@/dev/bench-list/invented-entries";
import { type Database, db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import type { ListFilter, ListPlace } from "@/lib/signatories/list-order";
import { readPublicList } from "@/lib/signatories/public-list";
import { MOST_FOUND, searchList } from "@/lib/signatories/search-list";
import { analysed } from "../support/explained";
import { openLetter } from "../support/letters";
import { moderator, seeNow } from "../support/moderators";
import { waitingRows } from "../support/waiting-rows";

const SIZE = Number(process.env.TRIAL_SIZE ?? 1_000_000);
const APPROVED = Number(process.env.TRIAL_APPROVED ?? 2_000);
const PER_SECOND = 100;
const PAGE = 200;

let letterId: string;

beforeAll(async () => {
  ({ id: letterId } = await openLetter());
  await fillLists(String(process.env.DATABASE_URL), new Map([[letterId, SIZE]]));
}, 1_800_000);

const FILTERS: ListFilter[] = [
  {},
  { kind: "organisation" },
  { kind: "expert" },
  { kind: "individual" },
  { country: "GB" },
  { kind: "individual", country: "AD" },
];
const SEARCHES = [
  "maria",
  "university of oxford",
  "li",
  "王",
  "王伟",
  "علی",
  "banedor",
  "kowalczjk",
  "xyzzyx",
];

describe(`a list of ${SIZE} names`, () => {
  it("is read by its indexes alone, and never sorted beyond what a search shows", async () => {
    const middle: ListPlace = {
      by: "NAME",
      section: "OTHERS",
      sortKey: "m",
      id: "80000000-0000-4000-8000-000000000000",
    };
    const reads: [string, (on: Database) => Promise<unknown>][] = [
      ...FILTERS.flatMap((filter) =>
        [{}, { after: middle }, { before: middle }, { offset: 4_900 }].map(
          (start): [string, (on: Database) => Promise<unknown>] => [
            `${JSON.stringify(filter)} ${Object.keys(start)}`,
            (on) => readPublicList(on, letterId, filter, start, 100),
          ],
        ),
      ),
      ...SEARCHES.map((q): [string, (on: Database) => Promise<unknown>] => [
        `search ${q}`,
        (on) => searchList(on, letterId, { q }, {}, 100),
      ]),
    ];
    for (const [name, read] of reads) {
      for (const { plan, ms } of await analysed(read)) {
        console.info(`${name}: ${ms.toFixed(1)} ms`);
        expect(plan, name).not.toMatch(/Seq Scan/);
        const sorted = [...plan.matchAll(/Sort .*\n?.*rows=(\d+)/g)].map(([, rows]) => Number(rows));
        expect(Math.max(0, ...sorted), plan).toBeLessThanOrEqual(MOST_FOUND + 1);
      }
    }
  });

  it("is walked whole while a hundred a second are approved: nothing missing, nothing twice", async () => {
    const admin = await moderator();
    const names = Array.from({ length: APPROVED }, (_, at) => `${inventedEntry(at * 50 + 7).name} ${at}`);
    const waiting = await waitingRows(letterId, names);
    const before = await db.publicSignatory.findMany({ where: { letterId }, select: { id: true } });
    const walked: string[] = [];
    const recording = {
      $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => {
        const rows = await db.$queryRaw<{ id: string }[]>(strings, ...values);
        walked.push(...rows.slice(0, PAGE).map(({ id }) => id));
        return rows;
      },
    } as unknown as Database;
    let walking = true;
    const begun = performance.now();
    const approving = approve(waiting, async (signatureId) => {
      if (walking)
        await approveSignature({ admin, seen: await seeNow(signatureId), asExpert: false, now: new Date() });
      return walking;
    });
    let after: ListPlace | undefined;
    do {
      after = (await readPublicList(recording, letterId, {}, { after }, PAGE)).next ?? undefined;
    } while (after);
    const seconds = (performance.now() - begun) / 1_000;
    walking = false;
    const approved = await approving;
    console.info(
      `${walked.length} names walked in ${seconds.toFixed(0)} s; ${approved} approved meanwhile, ${(approved / seconds).toFixed(0)} a second`,
    );
    const found = new Set(walked);
    expect(walked.length - found.size).toBe(0);
    expect(before.filter(({ id }) => !found.has(id))).toEqual([]);
    expect(approved).toBeGreaterThan(0);
  });
});

/** Approves at the pace of a hundred a second, as far as the machine keeps up. @returns how many */
async function approve(ids: string[], one: (id: string) => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  let done = 0;
  const worker = async () => {
    for (let id = ids.pop(); id; id = ids.pop()) {
      if (!(await one(id))) return;
      done += 1;
      const ahead = (done / PER_SECOND) * 1_000 - (performance.now() - begun);
      if (ahead > 0) await pause(ahead);
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return done;
}
