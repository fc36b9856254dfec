import { describe, expect, it } from "vitest";
import { chooseText, letterStatus, nextStatusChange } from "@/lib/letters/rules";

const at = (text: string) => new Date(`2026-11-${text}Z`);
const opensAt = at("10T08:00:00");
const closesAt = at("20T08:00:00");

describe("a letter's status", () => {
  it.each([
    ["without an opening time", { opensAt: null, closesAt: null }, at("15T00:00:00"), "draft"],
    ["a moment before it opens", { opensAt, closesAt }, at("10T07:59:59.999"), "draft"],
    ["the moment it opens", { opensAt, closesAt }, opensAt, "open"],
    ["a moment before it closes", { opensAt, closesAt }, at("20T07:59:59.999"), "open"],
    ["the moment it closes", { opensAt, closesAt }, closesAt, "closed"],
    ["without a closing time", { opensAt, closesAt: null }, at("30T00:00:00"), "open"],
  ])("%s", (_, times, now, status) => {
    expect(letterStatus({ ...times, unpublishedAt: null }, now)).toBe(status);
  });

  it.each([
    [{ opensAt: null, closesAt: null }, at("15T00:00:00"), null],
    [{ opensAt, closesAt }, at("01T00:00:00"), opensAt],
    [{ opensAt, closesAt }, at("15T00:00:00"), closesAt],
    [{ opensAt, closesAt }, closesAt, null],
    [{ opensAt, closesAt: null }, at("15T00:00:00"), null],
  ])("changes next as its times say", (times, now, next) => {
    expect(nextStatusChange(times, now)).toEqual(next);
  });
});

describe("the text that is shown", () => {
  const texts = [{ locale: "en" }, { locale: "ug" }];
  it.each([
    ["ug", "en", "ug"],
    ["ar", "en", "en"],
    ["ar", "fr", "en"],
  ])("for a reader of %s of a letter in %s is %s", (wanted, own, shown) => {
    expect(chooseText(texts, wanted, own).locale).toBe(shown);
  });
});
