import { beforeAll, describe, expect, it } from "vitest";
import { inventedEntry } from "@/dev/bench-list/invented-entries";
import { db } from "@/lib/db/client";
import type { ListFilter, ListPlace } from "@/lib/signatories/list-order";
import { type PublicSignatory, readPublicList } from "@/lib/signatories/public-list";
import { MOST_FOUND, searchList } from "@/lib/signatories/search-list";
import { explained } from "../support/explained";
import { openLetter } from "../support/letters";
import { listEntries } from "../support/public-entries";

const SIZE = 2_500;
let letterId: string;

beforeAll(async () => {
  ({ id: letterId } = await openLetter());
  const entries = Array.from({ length: SIZE }, (_, place) => inventedEntry(place));
  await listEntries(letterId, entries);
  // Of another letter nothing may come.
  const other = await openLetter();
  await listEntries(other.id, entries.slice(0, 500));
  await db.$executeRaw`ANALYZE public_signatory`;
});

const key = ({ name, country, affiliation }: PublicSignatory) => `${name}|${country}|${affiliation}`;

async function walk(filter: ListFilter, limit: number, backwards = false): Promise<PublicSignatory[]> {
  const found: PublicSignatory[] = [];
  let place: ListPlace | null | undefined;
  do {
    const start = backwards ? { before: place ?? END } : { after: place ?? undefined };
    const part = await readPublicList(db, letterId, filter, start, limit);
    found.splice(backwards ? 0 : found.length, 0, ...part.signatories);
    place = backwards ? part.previous : part.next;
  } while (place);
  return found;
}

const END: ListPlace = {
  by: "NAME",
  section: "OTHERS",
  sortKey: "\uFFFF",
  id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
};

const FILTERS: ListFilter[] = [
  {},
  { kind: "organisation" },
  { kind: "expert" },
  { kind: "individual" },
  { country: "AD" },
  { kind: "individual", country: "AD" },
  { kind: "organisation", country: "AD" },
];

const lets = ({ kind, country }: ListFilter, one: PublicSignatory) =>
  (!country || one.country === country) && (!kind || (kind === "expert" ? one.expert : one.kind === kind));

describe("the list", () => {
  it.each(FILTERS)("is walked from place to place, both ways, each entry once, for %o", async (filter) => {
    const all = (await readPublicList(db, letterId, {}, {}, SIZE)).signatories;
    expect(all).toHaveLength(SIZE);
    const expected = all.filter((one) => lets(filter, one)).map(key);
    expect(expected.length).toBeGreaterThan(2);
    expect((await walk(filter, 37)).map(key)).toEqual(expected);
    expect((await walk(filter, 101, true)).map(key)).toEqual(expected);
  });

  it("has organisations, experts and others in the order of the alphabet, without regard to accents", async () => {
    const { id } = await openLetter();
    const names = ["Zoë", "Ärne", "Arno", "Łukasz", "Mara", "علي", "王伟"];
    await listEntries(id, [
      ...names.map((name) => ({ name })),
      { name: "Zed", section: "EXPERTS" },
      { name: "Zzz", section: "ORGANISATIONS" },
      { name: "“Beta” Trust", section: "ORGANISATIONS" },
      { name: "The Alpha", section: "ORGANISATIONS" },
    ]);
    const { signatories } = await readPublicList(db, id, {}, {}, 20);
    const order = [
      "The Alpha",
      "“Beta” Trust",
      "Zzz",
      "Zed",
      "Ärne",
      "Arno",
      "Łukasz",
      "Mara",
      "Zoë",
      "علي",
      "王伟",
    ];
    expect(signatories.map(({ name }) => name)).toEqual(order);
  });

  it("has the order of its letter's alphabet, with its script first", async () => {
    const orders = {
      tr: ["Cem", "Çelik", "Ilgaz", "İlker", "Zed", "علي"],
      es: ["Nunes", "Nzo", "Ñandú", "Oria"],
      "zh-Hans": ["李伟", "王伟", "张伟", "Zed", "علي"],
      ug: ["ئالىم", "ەلى", "پاتىم", "Zed"],
      ar: ["أحمد", "اسلام", "علي", "Zed", "王伟"],
    };
    for (const [locale, order] of Object.entries(orders)) {
      const { id } = await openLetter();
      await db.letter.update({ where: { id }, data: { locale } });
      await listEntries(
        id,
        order.toReversed().map((name) => ({ name })),
      );
      const walked: string[] = [];
      for (let after: ListPlace | null | undefined; after !== null; ) {
        const part = await readPublicList(db, id, {}, { after }, 2);
        walked.push(...part.signatories.map(({ name }) => name));
        after = part.next;
      }
      expect(walked, locale).toEqual(order);
    }
  });

  it("says where a page goes on, and back", async () => {
    const first = await readPublicList(db, letterId, {}, {}, 10);
    expect(first.previous).toBeNull();
    const second = await readPublicList(db, letterId, {}, { after: first.next ?? undefined }, 10);
    const back = await readPublicList(db, letterId, {}, { before: second.previous ?? undefined }, 10);
    expect(back.signatories).toEqual(first.signatories);
    expect(back.previous).toBeNull();
    expect(back.next).toEqual(first.next);
    expect((await readPublicList(db, letterId, {}, { after: END }, 10)).next).toBeNull();
  });
});

describe("the search", () => {
  it("finds what contains all words, whatever filters let pass", async () => {
    const all = (await readPublicList(db, letterId, {}, {}, SIZE)).signatories;
    for (const [filter, wanted] of [
      [{ q: "oxford" }, /oxford/i],
      [{ q: "maria university" }, /maria.*university/i],
      [{ q: "oxford", country: "AD" }, /oxford/i],
      [{ q: "oxford", kind: "expert" }, /oxford/i],
      [{ q: "dati", kind: "organisation" }, /dati/i],
    ] as [ListFilter, RegExp][]) {
      const expected = all.filter((one) => lets(filter, one) && wanted.test(key(one)));
      const { signatories, found, likely } = await searchList(db, letterId, filter, {}, SIZE);
      if (expected.length > 0) expect([found, likely], filter.q).toEqual([expected.length, false]);
      if (!likely) expect(new Set(signatories.map(key))).toEqual(new Set(expected.map(key)));
    }
  });

  it("goes on after a place, each entry once, the better ones first", async () => {
    const filter = { q: "nowak" };
    const whole = await searchList(db, letterId, filter, {}, SIZE);
    const found: PublicSignatory[] = [];
    for (let part = await searchList(db, letterId, filter, {}, 7); ; ) {
      found.push(...part.signatories);
      if (!part.next) break;
      part = await searchList(db, letterId, filter, { after: part.next }, 7);
    }
    expect(whole.found).toBeGreaterThan(20);
    expect(found).toEqual(whole.signatories);
    const third = await searchList(db, letterId, filter, { offset: 14 }, 7);
    expect(third.signatories).toEqual(found.slice(14, 21));
  });

  it("counts up to a thousand, and says of more that there are more", async () => {
    const { id } = await openLetter();
    await listEntries(
      id,
      Array.from({ length: MOST_FOUND + 20 }, (_, at) => ({
        name: `Common ${at < MOST_FOUND ? "Name" : "Other"} ${at}`,
      })),
    );
    expect((await searchList(db, id, { q: "common name" }, {}, 10)).found).toBe(MOST_FOUND);
    expect((await searchList(db, id, { q: "common" }, {}, 10)).found).toBe(MOST_FOUND + 1);
  });

  it("forgives typing errors only where nothing else matches", async () => {
    const { id } = await openLetter();
    const names = ["Kowalczyk", "Kowalczik", "Aleksandra Wiśniewska", "Mohammed Hassan", "王秀英", "Li Na"];
    await listEntries(
      id,
      names.map((name) => ({ name })),
    );
    const search = async (q: string) => {
      const { signatories, likely } = await searchList(db, id, { q }, {}, 10);
      return { names: signatories.map(({ name }) => name), likely };
    };
    expect(await search("kowalczik")).toEqual({ names: ["Kowalczik"], likely: false });
    expect(await search("kowalczjk")).toEqual({ names: ["Kowalczik", "Kowalczyk"], likely: true });
    expect(await search("alexandra wisniewska")).toEqual({ names: ["Aleksandra Wiśniewska"], likely: true });
    expect(await search("muhammed")).toEqual({ names: ["Mohammed Hassan"], likely: true });
    expect(await search("王秀音")).toEqual({ names: ["王秀英"], likely: true });
    expect(await search("lo na")).toEqual({ names: [], likely: false });
    for (const nothing of ["%", " ", "\u200b", "’"])
      expect(await search(nothing), nothing).toEqual({ names: [], likely: false });
  });
});

describe("every public query", () => {
  it.each([...FILTERS.map((filter) => [`the list of ${JSON.stringify(filter)}`, filter] as const)])(
    "reads %s from an index, in its order",
    async (_, filter) => {
      const { next } = await readPublicList(db, letterId, filter, {}, 2);
      for (const start of [{}, { offset: 20 }, { after: next ?? END }, { before: END }]) {
        const plans = await explained((on) => readPublicList(on, letterId, filter, start, 100));
        expect(plans).toHaveLength(1);
        for (const plan of plans) expect(plan).not.toMatch(/Seq Scan|Sort/);
      }
    },
  );

  it.each([...FILTERS.map((filter) => [`the list of ${JSON.stringify(filter)}`, filter] as const)])(
    "reads %s by the time of signing from an index, in its order",
    async (_, filter) => {
      const { next } = await readPublicList(db, letterId, filter, { by: "TIME" }, 2);
      const last: ListPlace = { ...END, by: "TIME", sortKey: "9999-01-01T00:00:00Z" };
      for (const start of [{}, { offset: 20 }, { after: next ?? last }, { before: last }]) {
        const plans = await explained((on) =>
          readPublicList(on, letterId, filter, { by: "TIME", ...start }, 100),
        );
        for (const plan of plans) expect(plan).not.toMatch(/Seq Scan|Sort/);
      }
    },
  );

  it.each([
    { q: "maria" },
    { q: "kowalczjk" },
    { q: "li" },
    { q: "王伟" },
    { q: "oxford", kind: "individual" as const, country: "GB" },
  ])("finds %o by the index of the search, and sorts no more than a thousand", async (filter) => {
    const plans = await explained((on) => searchList(on, letterId, filter, {}, 100));
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan/);
    expect(plans[0]).toMatch(/Bitmap Index Scan on public_signatory_search/);
    expect(plans[0]).toMatch(/CTE found\n\s+->\s+Limit/);
  });
});
