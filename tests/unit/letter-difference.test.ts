import { describe, expect, it } from "vitest";
import { commonPlaces } from "@/lib/letters/difference/common-places";
import { compareLetters, type DiffBlock } from "@/lib/letters/difference/compare";
import { measureChange } from "@/lib/letters/difference/measure";
import type { LetterWords } from "@/lib/letters/difference/text-blocks";
import { CHANGED_LETTERS } from "../fixtures/changed-letters";

const HEAD = { title: "Title", standfirst: "Standfirst", recipients: "To all" };
const letter = (body: string): LetterWords => ({ ...HEAD, body });
const paragraphs = (marked: string) =>
  marked
    .replaceAll("\n", "\n\n")
    .replace(/(?:\n\n){2,}/g, "\n\n")
    .trim();
const oldText = (marked: string) =>
  paragraphs(marked.replace(/\{\+.*?\+\}/g, "").replace(/\[-(.*?)-\]/g, "$1"));
const newText = (marked: string) =>
  paragraphs(marked.replace(/\[-.*?-\]/g, "").replace(/\{\+(.*?)\+\}/g, "$1"));
const marks = { same: ["", ""], moved: ["<", ">"], added: ["{+", "+}"], removed: ["[-", "-]"] };
const write = (blocks: DiffBlock[]) =>
  blocks
    .filter(({ kind }) => !(kind in HEAD))
    .map(({ parts }) => parts.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join(""))
    .join("\n");
const loose = (marked: string) =>
  marked.replace(/\s+(?=[\]}\n+-])|(?<=[[{+-])\s+|\s+(?=[[{])|(?<=[\]}])\s+/g, "").trim();

function sentences(text: string, locale: string): string[] {
  const segmenter = new Intl.Segmenter(locale, { granularity: "sentence" });
  return text
    .split("\n")
    .flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment.trim()));
}

it("a large change says whether it is for a number or for many words", () => {
  const large = (before: string, after: string) => measureChange(letter(before), letter(after), "en");
  expect(large("We ask for 58 days.", "We ask for 59 days.")).toMatchObject({
    size: "LARGE",
    because: "number",
  });
  expect(large("We ask for days.", "They want other things.")).toMatchObject({
    size: "LARGE",
    because: null,
  });
});

describe("the difference of two texts", () => {
  it("has a corpus worth the name", () => {
    expect(CHANGED_LETTERS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(CHANGED_LETTERS.map(({ marked }) => marked)).size).toBe(CHANGED_LETTERS.length);
    expect(new Set(CHANGED_LETTERS.map(({ locale }) => locale)).size).toBe(5);
  });

  it.each(CHANGED_LETTERS)(
    "marks what was changed and no sentence that survived: $locale $marked",
    ({ locale, marked }) => {
      const [old, fresh] = [oldText(marked), newText(marked)];
      const written = write(compareLetters(letter(old), letter(fresh), locale));
      expect(loose(written)).toBe(loose(marked));
      const kept = new Set(sentences(old, locale));
      const unmarked = written.replace(/\[-.*?-\]|\{\+.*?\+\}/g, "");
      const survived = sentences(fresh, locale).filter((sentence) => sentence && kept.has(sentence));
      for (const sentence of survived) expect(unmarked).toContain(sentence);
    },
  );

  it.each(CHANGED_LETTERS)("is measured: $locale $size $marked", ({ locale, marked, size }) => {
    expect(measureChange(letter(oldText(marked)), letter(newText(marked)), locale)).toMatchObject({ size });
  });

  it("marks no sentence when paragraphs are split, joined or reordered", () => {
    const [one, two, three] = ["One is here. And so is this.", "Two is there.", "Three is away."];
    const shown = (from: string, to: string) => write(compareLetters(letter(from), letter(to), "en"));
    expect(shown(`${one}\n\n${two}`, `${one} ${two}`)).toBe(`${one} ${two}`);
    expect(shown(`${one} ${two}`, `${one}\n\n${two}`)).toBe(
      `${one} \n${two}`.replace(" \n", "\n").replace("\n", "\n"),
    );
    expect(shown(`${one}\n\n${two}\n\n${three}`, `${three}\n\n${one}\n\n${two}`)).toBe(
      `<${three}>\n${one}\n${two}`,
    );
  });

  it("shows where a link leads, and nothing of marks and tags", () => {
    const shown = write(
      compareLetters(
        letter("Read [this](https://a.example/)."),
        letter("**Read** [this](https://b.example/)."),
        "en",
      ),
    );
    expect(shown).toContain("a.example");
    expect(shown).toContain("b.example");
    expect(shown).not.toContain("*");
  });

  it("gives up on texts that have nothing in common, in bounded time", () => {
    const words = (seed: number) => Array.from({ length: 30_000 }, (_, place) => `${seed}-${place}`);
    expect(commonPlaces(words(1), words(2))).toBeNull();
    const one = words(1).join(" ");
    expect(write(compareLetters(letter(one), letter(words(2).join(" ")), "en"))).toContain("[-1-0");
  });

  it("takes 10,000 words", () => {
    const sentence = (place: number) =>
      `Sentence number ${place} says that nobody of the ${place} may be left behind. `;
    const text = (change: (place: number) => string) =>
      Array.from({ length: 800 }, (_, place) => change(place) + (place % 5 === 4 ? "\n\n" : "")).join("");
    const old = letter(text(sentence));
    const fresh = letter(
      text((place) => (place % 40 === 0 ? `A sentence of ${place} says something else. ` : sentence(place))),
    );
    expect(old.body.split(/\s+/).length).toBeGreaterThan(9_000);
    // How long that takes says `npm run bench -- difference`.
    expect(compareLetters(old, fresh, "en").filter(({ changed }) => changed).length).toBe(40);
    expect(measureChange(old, fresh, "en").size).toBe("LARGE");
  });
});

describe("a change", () => {
  const text = "word ".repeat(400).trim();
  const changed = (words: number) =>
    text
      .split(" ")
      .map((word, place) => (place < words ? "other" : word))
      .join(" ");
  it.each([
    [10, "SMALL"],
    [11, "LARGE"],
  ] as const)("of %i words in 400 is %s", (words, size) => {
    expect(measureChange(letter(text), letter(changed(words)), "en")).toMatchObject({
      size,
      wordsChanged: words,
    });
  });

  it.each([
    ["100 people", "100% people", "LARGE"],
    ["from -5 degrees", "from 5 degrees", "LARGE"],
    ["until 2030", "until 2030.", "NONE"],
    ["We “ask”", "We ‘ask’", "NONE"],
    ["1,000 people", "1.000 people", "LARGE"],
    ["costs £5", "costs €5", "LARGE"],
  ])("from %s to %s is %s", (from, to, size) => {
    expect(measureChange(letter(from), letter(to), "en").size).toBe(size);
  });

  it("that takes a picture out is measured by its words, and one that puts another in is large", () => {
    const picture = (sign: string) => `\n\n![A dam](pictures/${sign.repeat(22)}e7.webp "In June")`;
    const measure = (before: string, after: string) =>
      measureChange(letter(text + before), letter(text + after), "en");
    const moved = measureChange(letter(`${picture("5")}\n\n${text}`), letter(text + picture("5")), "en");
    expect(moved).toMatchObject({ size: "SMALL", because: null });
    expect(measure(picture("5"), "")).toMatchObject({ size: "SMALL", because: null });
    expect(measure(picture("a"), "")).toMatchObject({ size: "SMALL", because: null });
    for (const before of ["", picture("5")])
      expect(measure(before, picture("6"))).toMatchObject({ size: "LARGE", because: "picture" });
  });

  it("of the title counts", () => {
    const [one, other] = [letter(text), { ...letter(text), title: "Title of 2" }];
    expect(measureChange(one, other, "en").size).toBe("LARGE");
  });
});
