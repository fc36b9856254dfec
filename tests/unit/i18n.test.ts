import { describe, expect, it } from "vitest";
import { headlineText } from "@/lib/counts/headline-text";
import type { Tally } from "@/lib/counts/rules";
import { dateLocale, direction, isLocale, LOCALES, localePath } from "@/lib/i18n/locales";
import { loadMessages, NAMESPACES, pickMessages } from "@/lib/i18n/messages";
import {
  type ExpertWords,
  expertHeading,
  expertLabel,
  readExpertWords,
} from "@/lib/letters/settings/expert-words";

describe("languages", () => {
  it("are named by the address: the default one without a prefix", () => {
    expect(localePath("en", "/")).toBe("/");
    expect(localePath("ar", "/")).toBe("/ar");
    expect(localePath("en", "/letters/x?a=b")).toBe("/letters/x?a=b");
    expect(localePath("ar", "/letters/x?a=b")).toBe("/ar/letters/x?a=b");
  });

  it("are those of the list and no other text", () => {
    expect(LOCALES.every(isLocale)).toBe(true);
    for (const text of ["", "EN", "en-GB", "toString", undefined, 0]) expect(isLocale(text)).toBe(false);
  });

  it.each([
    ["en", "ltr"],
    ["ar", "rtl"],
    ["ug", "rtl"],
    ["ug-Latn", "ltr"],
    ["he", "rtl"],
    ["zh-Hans", "ltr"],
    ["tr", "ltr"],
    ["not a tag", "ltr"],
  ])("%s is written %s", (locale, expected) => {
    expect(direction(locale)).toBe(expected);
  });

  it("write English dates the British way", () => {
    const format = new Intl.DateTimeFormat(dateLocale("en"), { dateStyle: "long", timeZone: "UTC" });
    expect(format.format(new Date("2026-09-17T23:59:59Z"))).toBe("17 September 2026");
  });
});

describe("messages", () => {
  it("come whole, or by namespace for the browser", () => {
    for (const locale of LOCALES) {
      expect(Object.keys(loadMessages(locale)).sort()).toEqual([...NAMESPACES].sort());
      expect(Object.keys(pickMessages(locale, ["errors"]))).toEqual(["errors"]);
    }
  });
});

/** The headline of organisations, countries, experts and others. */
function headline(
  locale: string,
  organisations: number,
  countries: number,
  experts: number,
  others: number,
  own?: ExpertWords | null,
) {
  return headlineText(locale, { organisations, countries, experts, others } as Tally, own);
}

describe("the headline in English", () => {
  it.each([
    [[23, 5, 16, 0], "23 organisations from 5 countries and 16 experts"],
    [[1, 1, 0, 0], "1 organisation from 1 country"],
    [[2, 1, 0, 0], "2 organisations from 1 country"],
    [[2, 0, 0, 0], "2 organisations"],
    [[2, 0, 3, 0], "2 organisations and 3 experts"],
    [[1, 1, 1, 0], "1 organisation from 1 country and 1 expert"],
    [[2, 2, 0, 1], "2 organisations from 2 countries and 1 other"],
    [[2, 2, 0, 120], "2 organisations from 2 countries and 120 others"],
    [[23, 5, 16, 120], "23 organisations from 5 countries, 16 experts and 120 others"],
    [[1, 1, 1, 1], "1 organisation from 1 country, 1 expert and 1 other"],
    [[0, 0, 1, 0], "1 expert"],
    [[0, 0, 16, 0], "16 experts"],
    [[0, 0, 16, 1], "16 experts and 1 other"],
    [[0, 0, 1, 120], "1 expert and 120 others"],
    [[0, 0, 0, 1], "1 person"],
    [[0, 0, 0, 1200], "1,200 people"],
  ] as const)("%j", ([organisations, countries, experts, others], text) => {
    expect(headline("en", organisations, countries, experts, others)).toBe(text);
  });

  it("counts nothing before the first approval", () => {
    expect(headline("en", 0, 0, 0, 0)).toBeNull();
  });
});

describe("a letter's own words for experts", () => {
  const ENGLISH = readExpertWords("en", { one: "senior expert", other: "senior experts" });
  const ARABIC = readExpertWords("ar", {
    ...{ heading: "الخبراء الكبار", label: "خبير كبير", one: "خبير كبير واحد", two: "خبيران كبيران" },
    ...{ few: "خبراء كبار", many: "خبيرًا كبيرًا", other: "خبير كبير" },
  });

  it.each([
    ["en", [2, 2, 1, 3], "2 organisations from 2 countries, 1 senior expert and 3 others"],
    ["en", [0, 0, 12, 0], "12 senior experts"],
    ["ar", [0, 0, 1, 0], "خبير كبير واحد"],
    ["ar", [0, 0, 2, 3], "خبيران كبيران و3 أشخاص آخرين"],
    ["ar", [3, 2, 5, 0], "3 منظمات من بلدين و5 خبراء كبار"],
    ["ar", [3, 2, 2, 0], "3 منظمات من بلدين وخبيران كبيران"],
    ["ar", [0, 0, 11, 0], "11 خبيرًا كبيرًا"],
    ["ar", [0, 0, 100, 0], "100 خبير كبير"],
  ] as const)("in %s: %j", (locale, [organisations, countries, experts, others], text) => {
    const words = locale === "en" ? ENGLISH : ARABIC;
    expect(headline(locale, organisations, countries, experts, others, words)).toBe(text);
  });

  it("need every form of the language, and name the group and one of it", () => {
    expect(readExpertWords("ar", { one: "a", other: "b" })).toBeNull();
    expect(readExpertWords("de", { one: "a", other: "b" })).toBeNull();
    expect(readExpertWords("en", null)).toBeNull();
    expect(ENGLISH && [expertHeading(ENGLISH), expertLabel(ENGLISH)]).toEqual([
      "Senior experts",
      "Senior expert",
    ]);
    expect(ARABIC && [expertHeading(ARABIC), expertLabel(ARABIC)]).toEqual(["الخبراء الكبار", "خبير كبير"]);
  });
});

describe("the headline in Arabic", () => {
  it.each([
    [[1, 1, 1, 1], "منظمة واحدة من بلد واحد وخبير واحد وشخص آخر"],
    [[2, 2, 2, 2], "منظمتان من بلدين وخبيران وشخصان آخران"],
    [[3, 3, 3, 3], "3 منظمات من 3 بلدان و3 خبراء و3 أشخاص آخرين"],
    [[10, 10, 10, 10], "10 منظمات من 10 بلدان و10 خبراء و10 أشخاص آخرين"],
    [[11, 11, 11, 11], "11 منظمة من 11 بلدًا و11 خبيرًا و11 شخصًا آخر"],
    [[100, 100, 100, 100], "100 منظمة من 100 بلد و100 خبير و100 شخص آخر"],
    [[23, 5, 16, 0], "23 منظمة من 5 بلدان و16 خبيرًا"],
    [[3, 0, 2, 0], "3 منظمات وخبيران"],
    [[0, 0, 2, 0], "خبيران"],
    [[0, 0, 0, 2], "شخصان"],
    [[0, 0, 0, 103], "103 أشخاص"],
  ] as const)("%j", ([organisations, countries, experts, others], text) => {
    expect(headline("ar", organisations, countries, experts, others)).toBe(text);
  });
});
