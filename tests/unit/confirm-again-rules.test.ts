import { describe, expect, it } from "vitest";
import type { DiffBlock } from "@/lib/letters/difference/compare";
import { excerptOf } from "@/lib/letters/difference/excerpt";
import {
  concernOf,
  isAnswerDate,
  proposedAnswerDate,
  remindsFrom,
} from "@/lib/signatures/confirm-again/rules";

const NOW = new Date("2026-11-28T12:00:00Z");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

describe("whom a new text concerns", () => {
  it.each([
    ["LARGE", "LARGE", "NONE", false, "asked"],
    ["LARGE", "SMALL", "LARGE", false, "waits"],
    ["LARGE", "LARGE", "LARGE", false, "asked"],
    ["LARGE", "SMALL", "SMALL", false, "asked"],
    ["LARGE", "LARGE", "LARGE", true, "left"],
    ["SMALL", "SMALL", "NONE", false, "told"],
    ["SMALL", "NONE", "SMALL", false, "none"],
    ["SMALL", "LARGE", "LARGE", true, "told"],
    ["NONE", "LARGE", "LARGE", false, "none"],
  ] as const)(
    "%s since signed, %s since told, which was %s, earlier %s: %s",
    (sinceSigned, sinceTold, toldSinceSigned, earlier, concern) => {
      expect(concernOf({ sinceSigned, sinceTold, toldSinceSigned, earlier })).toBe(concern);
    },
  );
});

describe("the date to answer", () => {
  it("is a week to a year away", () => {
    for (const [away, is] of [
      [6, false],
      [7, true],
      [365, true],
      [367, false],
    ] as const)
      expect(isAnswerDate(days(away), NOW)).toBe(is);
  });

  it("is proposed as it was, or in thirty days", () => {
    expect(proposedAnswerDate(days(10), NOW)).toEqual(days(10));
    for (const before of [null, days(-1), days(2)]) expect(proposedAnswerDate(before, NOW)).toEqual(days(30));
  });

  it("is reminded of a week before, or halfway", () => {
    expect(remindsFrom({ tellsFrom: NOW, answerBy: days(30) })).toEqual(days(23));
    expect(remindsFrom({ tellsFrom: NOW, answerBy: days(8) })).toEqual(days(4));
  });
});

describe("a difference in an email", () => {
  const block = (text: string, changed = true): DiffBlock => ({
    kind: "paragraph",
    changed,
    parts: [
      { kind: "same", text: "Same. ".repeat(100) },
      { kind: changed ? "added" : "same", text },
    ],
  });

  it("shows what changed with some words around it, and is of a bounded size", () => {
    const difference = Array.from({ length: 40 }, (_, place) => block("x".repeat(5_000), place % 2 === 0));
    const { blocks, more } = excerptOf(difference);
    const length = blocks.flatMap(({ parts }) => parts).reduce((sum, { text }) => sum + text.length, 0);
    expect(length).toBeLessThan(6_100);
    expect(blocks.length + more).toBe(20);
    expect(blocks.length).toBeGreaterThan(2);
  });

  it("leaves short changes whole", () => {
    const [one] = excerptOf([block("New.")]).blocks;
    expect(one?.parts.map(({ text }) => text)).toEqual(
      [expect.stringMatching(/^ … Same\./), "New."].map((text) => text),
    );
  });
});
