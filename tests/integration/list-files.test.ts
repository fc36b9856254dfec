import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { type ListFileFormat, listFile } from "@/lib/signatories/list-file";
import { readPublicList } from "@/lib/signatories/public-list";
import { openLetter } from "../support/letters";
import { listEntries } from "../support/public-entries";

const NAMES = [
  "Ada Exampleton",
  "Άντα",
  "Ада",
  "ئادا",
  "أدا",
  "阿达",
  "אדה",
  "एडा",
  "=SUM",
  '"Addie"; Jr, the 2nd',
];

async function letterOf(entries: Parameters<typeof listEntries>[1]) {
  const { id, slug } = await openLetter();
  await listEntries(id, entries);
  const read = async (format: ListFileFormat) => {
    const letter = { id, slug, title: "Example Letter", listOrder: "NAME" as const };
    const url = `https://letters.example.org/letters/${slug}`;
    const file = listFile(letter, format, url, new Date(), new AbortController().signal);
    if (!file) throw new Error("too many");
    return String(await buffer(file));
  };
  return { id, slug, read };
}

describe("the public list as a file", () => {
  it("has every name of the list, in its order and in eight scripts, part after part", async () => {
    const more = Array.from({ length: 1_100 }, (_, place) => ({ name: `Person ${place}` }));
    const { id, slug, read } = await letterOf([
      ...NAMES.map((name, place) => ({ name, section: place % 2 ? "EXPERTS" : "ORGANISATIONS" }) as const),
      ...more,
    ]);
    const { signatories } = await readPublicList(db, id, {}, {}, 5_000);
    const expected = signatories.map(({ name }) => name);
    expect(expected.length).toBe(1_110);
    const json = JSON.parse(await read("json"));
    expect(json).toMatchObject({
      letter: { slug, title: "Example Letter", url: `https://letters.example.org/letters/${slug}` },
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(json.signatories.map(({ name }: { name: string }) => name)).toEqual(expected);
    const [first] = signatories;
    expect(json.signatories[0]).toEqual({
      ...{
        kind: "organisation",
        expert: false,
        name: first?.name,
        title: null,
        position: null,
        affiliation: null,
      },
      ...{ country: "GB", website: null, publishedAt: "2026-11-23T12:00:00.000Z" },
    });
    const csv = await read("csv");
    expect(csv).toMatch(/^\uFEFFkind,expert,name,title,position,affiliation,country,website,publishedAt\r\n/);
    const lines: Record<string, string>[] = parse(csv, { bom: true, columns: true });
    expect(lines.map(({ name = "" }) => name.replace(/^'=/, "="))).toEqual(expected);
    expect(lines.some(({ name = "" }) => name.startsWith("="))).toBe(false);
  });

  it("leaves out who signed an earlier version alone, and is whole where nobody is", async () => {
    const { read } = await letterOf([{ name: "Old", section: "EARLIER_OTHERS" }]);
    expect(JSON.parse(await read("json")).signatories).toEqual([]);
    expect(parse(await read("csv"), { bom: true }).length).toBe(1);
  });

  it("is made a few at a time", async () => {
    const { id, slug, read } = await letterOf([{ name: "One" }]);
    const letter = { id, slug, title: "", listOrder: "NAME" } as const;
    const reader = new AbortController();
    const begin = (gone: AbortSignal) =>
      listFile(letter, "csv", "https://letters.example.org", new Date(), gone)?.on(
        "error",
        () => undefined,
      ) ?? null;
    const open = Array.from({ length: 17 }, () => begin(reader.signal));
    expect(open.filter((file) => file === null).length).toBe(1);
    // Nobody reads them: Next drops them without a word where the visitor has gone already.
    reader.abort();
    await expect
      .poll(() =>
        read("json").then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    for (let one = 0; one < 17; one++) {
      const file = begin(AbortSignal.abort());
      await new Promise((resolve) => file?.once("close", resolve) ?? resolve(null));
    }
    expect(await read("json")).toContain("One");
  });
});
