import { afterAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { drawSharePicture } from "@/lib/letters/share-picture/draw";
import { drawDuePictures } from "@/lib/letters/share-picture/draw-due";
import { allFaces, canDraw } from "@/lib/letters/share-picture/fonts";
import { later, openLetter } from "../support/letters";
import { listEntries } from "../support/public-entries";

afterAll(() => db.$disconnect());

const MOST_BYTES = 200_000;
const WORDS = {
  language: "en",
  organiser: "Example Coalition",
  title: "Example Letter",
  headline: "2 organisations",
};

const pictures = (letterId: string) =>
  db.sharePicture.findMany({ where: { letterId }, orderBy: { language: "asc" } });

it("are drawn when a letter has changed, and anew only where that changes what they say", async () => {
  const { id } = await openLetter();
  expect(await drawDuePictures(later(1))).toBeGreaterThan(0);
  while ((await drawDuePictures(later(1))) > 0);
  const [first, ...others] = await pictures(id);
  expect(others).toEqual([]);
  expect(
    Buffer.from(first?.bytes ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  expect(first?.bytes.length).toBeLessThanOrEqual(MOST_BYTES);

  // A name on the list is in no picture.
  await listEntries(id, [{ name: "Ada Test" }]);
  await db.letter.update({ where: { id }, data: { updatedAt: later(2) } });
  expect(await drawDuePictures(later(2))).toBe(1);
  const [same] = await pictures(id);
  expect([same?.saysHash, same?.letterChangedAt]).toEqual([first?.saysHash, later(2)]);

  await db.letterTally.create({ data: { letterId: id, kind: "INDIVIDUAL", country: "GB", approved: 1 } });
  await db.letter.update({ where: { id }, data: { updatedAt: later(3) } });
  expect(await drawDuePictures(later(3))).toBe(1);
  const [counted] = await pictures(id);
  expect(counted?.saysHash).not.toBe(first?.saysHash);
  expect(counted?.bytes).not.toEqual(first?.bytes);
  expect(await drawDuePictures(later(4))).toBe(0);

  await db.letter.update({ where: { id }, data: { unpublishedAt: later(5), updatedAt: later(5) } });
  expect(await drawDuePictures(later(6))).toBe(0);
});

it("say the same with the same bytes, and leave out a line that we have no letters for", async () => {
  const plain = await drawSharePicture(WORDS);
  expect(await drawSharePicture(WORDS)).toEqual(plain);
  const without = await drawSharePicture({ ...WORDS, organiser: "" });
  expect(await drawSharePicture({ ...WORDS, organiser: "उदाहरण" })).toEqual(without);
  expect(without).not.toEqual(plain);
});

it("have letters for every language that a letter can be written in", async () => {
  const faces = await allFaces();
  const titles = {
    en: "Open letter “on” Uyghurs – 2026",
    ar: "رسالة مفتوحة إلى الحكومات، 2026",
    de: "Offener Brief für Völker: Größe",
    es: "¿Carta abierta a los países?",
    fr: "Lettre ouverte : « l’œuvre »",
    tr: "Hükümetlere Açık Mektup: ğüşiöçİı",
    ug: "ھۆكۈمەتلەرگە ئوچۇق خەت، ئۇيغۇرلار ۋە ڭ",
    "zh-Hans": "就维吾尔人的处境致各国政府的公开信",
  };
  for (const [language, title] of Object.entries(titles)) {
    expect(canDraw(faces, title), language).toBe(true);
    expect((await drawSharePicture({ ...WORDS, language, title })).length).toBeLessThanOrEqual(MOST_BYTES);
  }
});
