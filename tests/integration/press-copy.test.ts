import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { pressCopy } from "@/lib/letters/press-copy/cached";
import { makeCopy, makeDueCopies } from "@/lib/letters/press-copy/make-copies";
import { pressCopyJob } from "@/lib/letters/press-copy/press-copy-job";
import { goneEditions, pressStates } from "@/lib/letters/press-copy/queries";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";
import { individual, later, NOW, openLetter } from "../support/letters";
import { logged } from "../support/logged";
import { moderator, waitingSignature } from "../support/moderators";
import { type Entry, listEntries } from "../support/public-entries";
import { hasPdftotext, pdftotext, readPdf } from "../support/read-pdf";
import { nameSite } from "../support/site";

let admin: Admin;
beforeAll(async () => {
  admin = await moderator("owner@example.org", "OWNER");
});

const NAMES = [
  "Ada Exampleton",
  "Άντα Παράδειγμα",
  "Ада Примерова",
  "ئادا مىسال",
  "أدا مثال",
  "阿达示例",
  "אדה",
  "एडा",
];

const BODY = `## What we ask

A **strong** claim with *emphasis*, [a link](https://example.org/) and a note[^1], referred to twice[^1].

- one
- two
  1. inner

> A quotation.

| Year | Cases |
| ---- | ----: |
| 2025 | #7 *  |

\`code\` and $x$ and #set text(red) stay as they are.

[^1]: The note with **weight**.
`;

async function letterWith(entries: Entry[], body = BODY) {
  const { id, slug } = await openLetter();
  await db.letterText.updateMany({ where: { version: { letterId: id } }, data: { body } });
  await listEntries(id, entries);
  const row = () =>
    db.pressCopy.findUniqueOrThrow({ where: { letterId_locale: { letterId: id, locale: "en" } } });
  const editions = () => db.pressEdition.findMany({ where: { letterId: id }, orderBy: { number: "asc" } });
  const make = (now = NOW) => makeCopy({ letterId: id, slug, locale: "en" }, now);
  const touch = (now: Date) => db.letter.update({ where: { id }, data: { updatedAt: now } });
  return { id, slug, row, editions, make, touch };
}

describe("the copy for the press", () => {
  it("has the letter and its names by kind, in eight scripts, as another program reads it", async () => {
    const long = "Donaudampfschifffahrtsgesellschaft".repeat(5);
    const letter = await letterWith([
      ...NAMES.map((name, place) => ({ name, section: place % 2 ? "EXPERTS" : "OTHERS" }) as const),
      { name: "Example Foundation", section: "ORGANISATIONS", country: "DE" },
      { name: long },
      { name: "ภาษาไทย" },
    ]);
    await letter.make();
    const { bytes } = await letter.row();
    expect(await pressStates(admin, letter.id)).toEqual([
      { locale: "en", edition: 1, cutOff: NOW, problem: null, leftOut: 1 },
    ]);
    if (process.env.KEEP_PDF) await writeFile(process.env.KEEP_PDF, bytes ?? "");
    const { text, info, marks, metadata } = await readPdf(bytes ?? new Uint8Array());
    const words = text.replaceAll("\u200b", "").replace(/\s+/g, " ");
    for (const part of [
      "Example Letter",
      "Example Coalition",
      "Edition 1",
      "Version 1",
      "What we ask",
      "Organisations",
    ])
      expect(words).toContain(part);
    for (const part of [
      "The note with weight",
      "#set text(red) stay",
      "Example Foundation",
      "Germany",
      "A quotation.",
    ])
      expect(words).toContain(part);
    // This reader says the words of a line that reads from right to left in the order in which they are seen.
    for (const word of NAMES.flatMap((name) => name.split(" "))) expect.soft(words).toContain(word);
    expect(words.replaceAll(" ", "")).toContain(long);
    // Its letters are in none of our fonts.
    expect(words).toContain("Names missing from this copy because our fonts don’t have their script: 1.");
    expect(info).toMatchObject({ Title: "Example Letter", Author: "Example Coalition", Language: "en" });
    expect(marks?.Marked).toBe(true);
    expect(String(metadata?.getRaw())).toContain("<pdfuaid:part>1</pdfuaid:part>");
  });

  it.skipIf(!hasPdftotext)("gives each name in eight scripts to who copies its text", async () => {
    const detail = { affiliation: "جامعة القاهرة", position: "أستاذ" };
    const more = [
      "أحمد محمد الخوارزمي",
      "لاله الإله حرية",
      "گۈلنار سەيپىدىن",
      "مەھمۇت ھوشۇر",
      "陈秀英",
      "אדה לדוגמה",
      "क्षत्रिय",
    ];
    const letter = await letterWith([
      ...[...NAMES, ...more].map((name) => ({ name })),
      { name: "Bob Exampleton", ...detail },
    ]);
    await letter.make();
    const lines = pdftotext((await letter.row()).bytes ?? new Uint8Array()).split("\n");
    for (const name of [...NAMES, ...more]) expect.soft(lines).toContain(name);
    expect(
      lines.filter((line) => line.includes(detail.affiliation) && line.includes(detail.position)),
    ).toHaveLength(1);
  });

  it("keeps each line in its column and its own direction, whatever scripts meet in it", async () => {
    const letter = await letterWith([
      { name: "W".repeat(24), affiliation: "M".repeat(24) },
      { name: "W".repeat(120), affiliation: "Donaudampfschifffahrtsgesellschaft".repeat(3) },
      { name: "أحمد مثال", affiliation: "University of Example (Cairo)" },
      { name: "منى مثال", position: "أستاذ", affiliation: "جامعة غزة" },
      { name: "ئالىم مىسال", affiliation: "Uyghur Example 3" },
      { name: "אדה לדוגמה", affiliation: "Example University, Haifa" },
      { name: "Ada Exampleton", affiliation: "جامعة القاهرة (كلية الحقوق)" },
    ]);
    await letter.make();
    const { lines } = await readPdf((await letter.row()).bytes ?? new Uint8Array());
    const names = lines.slice(lines.findIndex(({ text }) => text.includes("Other individuals")) + 1);
    // A column of an A4 sheet with margins of 24 mm, and 8 mm between two, in points.
    const column = ((210 - 2 * 24 - 8) / 2) * (72 / 25.4);
    const isSentence = (text: string) => /^http|for identification only/.test(text);
    const wide = names.filter(({ width, text }) => width > column && !isSentence(text));
    expect(wide).toEqual([]);
    // Each of the two begins where its column does.
    const at = (part: string) => names.find(({ text }) => text.includes(part))?.x;
    const between = (at("University of Example (Cairo)") ?? 0) - (at("Ada Exampleton") ?? 0);
    expect(between % (column + 8 * (72 / 25.4))).toBeCloseTo(0, 0);
    // The position is before the affiliation, as the line reads: from left to right.
    expect(at("ذ")).toBeLessThan(at("غ") ?? 0);
  });

  it("is the same edition with the same bytes while nothing changes, and the next one when something does", async () => {
    const letter = await letterWith([{ name: "Ada Exampleton" }]);
    await letter.make(NOW);
    const first = await letter.row();
    await letter.touch(later(1));
    await letter.make(later(30));
    expect((await letter.row()).edition).toBe(1);
    // As after a crash of the database, or when somebody has gone and is back.
    await db.pressCopy.deleteMany({ where: { letterId: letter.id } });
    await letter.make(later(40));
    const again = await letter.row();
    expect(again.edition).toBe(1);
    expect(Buffer.from(again.bytes ?? []).equals(Buffer.from(first.bytes ?? []))).toBe(true);
    await listEntries(letter.id, [{ name: "Bob Exampleton" }]);
    await letter.make(later(50));
    const editions = await letter.editions();
    expect(editions.map(({ number, cutOff }) => [number, cutOff])).toEqual([
      [1, NOW],
      [2, later(50)],
    ]);
    expect(new Set(editions.map(({ checksum }) => checksum)).size).toBe(2);
  });

  it("says whom it is to once, that affiliations identify only, and whom the press can ask, also when that changes", async () => {
    const letter = await letterWith([{ name: "Ada Exampleton" }]);
    const said = async () =>
      (await readPdf((await letter.row()).bytes ?? new Uint8Array())).text.replace(/\s+/g, " ");
    await letter.make();
    expect(await said()).toMatch(/To: all(?! to)/);
    expect(await said()).toContain("Titles, positions and affiliations are for identification only.");
    expect(await said()).not.toContain("Press contact");
    await nameSite();
    const site = { organiserName: "Example Coalition", pressContact: "press@example.org" };
    expect((await db.site.updateMany({ data: site })).count).toBe(1);
    await makeDueCopies(later(20));
    expect(await said()).not.toContain("Press contact");
    await pressCopyJob.run({}, later(21));
    expect(await said()).toContain("Press contact: press@example.org");
    await db.site.deleteMany();
  });

  it("is made at once where there is none, and else every ten minutes at most", async () => {
    const letter = await letterWith([{ name: "Ada Exampleton" }]);
    await makeDueCopies(NOW);
    expect((await letter.row()).madeAt).toEqual(NOW);
    await letter.touch(later(1));
    await makeDueCopies(later(9));
    expect((await letter.row()).madeAt).toEqual(NOW);
    await makeDueCopies(later(10));
    expect((await letter.row()).madeAt).toEqual(later(10));
  });

  it("is gone in the moment in which somebody in it goes, even one that is being made", async () => {
    const letter = await letterWith([{ name: "Zoe Exampleton" }]);
    const person = individual({ name: "Ada Goes", email: "ada@press.example" });
    const seen = await waitingSignature(letter.slug, person);
    await approveSignature({ admin, seen, asExpert: false, now: later(1) });
    await letter.make(later(2));
    const shown = await pressCopy(letter, "en");
    expect(shown && "bytes" in shown && (await readPdf(shown.bytes)).text).toContain("Ada Goes");
    await db.pressCopy.updateMany({ where: { letterId: letter.id }, data: { bytes: null } });
    const making = letter.make(later(3));
    const gone = db.$transaction((tx) =>
      withdrawSignature(tx, seen.signatureId, "signature.withdraw", bySignatory(later(3))),
    );
    await Promise.all([making, gone]);
    const left = await pressCopy(letter, "en");
    if (left && "bytes" in left) expect((await readPdf(left.bytes)).text).not.toContain("Ada Goes");
    await letter.make(later(4));
    const next = await pressCopy(letter, "en");
    const { text } = await readPdf(next && "bytes" in next ? next.bytes : new Uint8Array());
    expect(text).not.toContain("Ada Goes");
    expect(text).toContain("Zoe Exampleton");
    expect(await goneEditions(admin, letter.id), "the organiser is told which of them").toEqual([
      { locale: "en", numbers: [1] },
    ]);
    const waiting = await db.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'press-copy'`;
    expect(waiting.length).toBeGreaterThan(0);
  });

  it("is made of tables without rows, pictures wherever they are, and headings of any level in quotations and notes", async () => {
    const name = `${"a".repeat(24)}.webp`;
    const picture = `![A chart](pictures/${name})`;
    const create = { width: 1, height: 1, channels: 3, background: "red" } as const;
    const bytes = new Uint8Array(await sharp({ create }).webp().toBuffer());
    for (const body of [
      "| Year | Cases |\n| ---- | ----- |",
      `| ${picture} | |\n| - | - |\n| | ${picture} |\n\nA note[^1], and one[^2] more.\n\n[^1]: ${picture}\n[^2]: With words.\n\n    ${picture}`,
      `##\n\n## ${picture}\n\n[${picture}](https://example.org/) **and ${picture}**`,
      "> ## What they say\n>\n> #### More",
      "## What we ask\n\n- #### One\n\n> # Two\n\nA note[^1].\n\n[^1]: A word.\n\n    ##### Heading",
    ]) {
      const letter = await letterWith([{ name: "Ada Exampleton" }], body);
      const words = { alt: "", caption: "", addedAt: NOW };
      await db.letterPicture.create({
        data: { letterId: letter.id, name, width: 1, height: 1, bytes, ...words },
      });
      await letter.make();
      expect.soft(await pressStates(admin, letter.id), body).toMatchObject([{ edition: 1, problem: null }]);
    }
  });

  it("says that it could not be made, keeps the edition before, and tries again only when something changes", async () => {
    const letter = await letterWith([{ name: "Ada Exampleton" }]);
    await letter.make();
    await letter.touch(later(1));
    // No picture: the program that sets it gives up.
    const name = `${"b".repeat(24)}.webp`;
    const words = { alt: "", caption: "", addedAt: NOW, width: 1, height: 1, bytes: new Uint8Array([1]) };
    await db.letterPicture.create({ data: { letterId: letter.id, name, ...words } });
    const where = { version: { letterId: letter.id } };
    await db.letterText.updateMany({ where, data: { body: `![A](pictures/${name})` } });
    expect(JSON.parse(await logged(() => makeDueCopies(later(12))))).toMatchObject({
      ...{ event: "a copy for the press failed", code: "failed-to-decode-image" },
      ...{ letter: letter.id, locale: "en" },
    });
    expect(await pressStates(admin, letter.id)).toMatchObject([{ edition: 1, problem: "FAILED" }]);
    expect(await pressCopy(letter, "en")).toMatchObject({ edition: 1 });
    await db.pressCopy.updateMany({ where: { letterId: letter.id }, data: { bytes: null, edition: null } });
    expect(await pressCopy(letter, "en")).toEqual({ problem: "FAILED" });
    await makeDueCopies(later(30));
    expect((await letter.row()).madeAt).toEqual(later(12));
    await db.letterText.updateMany({ where, data: { body: "Plain." } });
    await letter.touch(later(31));
    await makeDueCopies(later(31));
    expect(await pressStates(admin, letter.id)).toMatchObject([{ edition: 2, problem: null }]);
  });

  it("says why there is none where the letter has characters of no font", async () => {
    const letter = await letterWith([], "ภาษาไทย");
    await letter.make();
    expect(await pressCopy(letter, "en")).toEqual({ problem: "FONT" });
    expect(await pressStates(admin, letter.id)).toMatchObject([{ edition: null, problem: "FONT" }]);
    await letter.touch(later(5));
    await db.letterText.updateMany({ where: { version: { letterId: letter.id } }, data: { body: "Plain." } });
    await makeDueCopies(later(12));
    expect(await pressCopy(letter, "en")).toMatchObject({ edition: 1 });
  });
});
