import { expect, it } from "vitest";
import { readTimedId, writeTimedId } from "@/app/_components/admin/places";
import { publicId } from "@/lib/http/public-ids";
import { readFilters } from "@/lib/moderation/filters/schemas";

const ID = "01a20e1a-7d2a-7632-b414-dea9a3cb5743";
const NAME = publicId(ID);

it("a place in a list by time is what a page before wrote", () => {
  const place = { at: new Date("2026-11-24T12:00:00.123Z"), id: ID };
  expect(readTimedId(writeTimedId(place))).toEqual(place);
});

it.each([
  undefined,
  [`2026-11-24T12:00:00Z~${NAME}`],
  "",
  NAME,
  `~${NAME}`,
  `2026-11-24T12:00:00Z`,
  `-271821-04-20T00:00:00Z~${NAME}`,
  `+275760-09-13T00:00:00Z~${NAME}`,
  `0000-01-01T00:00:00Z~${NAME}`,
  `2026-13-45T00:00:00Z~${NAME}`,
])("and nothing else: %s", (text) => {
  expect(readTimedId(text)).toBeUndefined();
});

it("a filter's time is in a year that the database knows", () => {
  const { filters, errors } = readFilters(new URLSearchParams({ from: "0000-01-01T00:00" }), null, []);
  expect([filters.from, errors]).toEqual([null, { from: ["format"] }]);
});
