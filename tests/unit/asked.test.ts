import { expect, it } from "vitest";
import { besidePath, listPath } from "@/app/[locale]/admin/_parts/paths";
import { readTimedId, writeTimedId } from "@/app/[locale]/admin/_parts/places";
import { readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { publicId } from "@/lib/http/public-ids";
import { hiddenQuery } from "@/lib/moderation/filters/hidden-query";
import { wholeView } from "@/lib/moderation/filters/rules";
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

const queryOf = (path: string) => new URL(path, "http://localhost").searchParams;

it("a text that is looked for is in no address, and is found again in it", () => {
  const filters = { ...wholeView("VERIFIED", "HOLD"), text: "Ada Sought", domains: ["example.org"] };
  const place = { at: new Date("2026-11-24T12:00:00.123Z"), id: ID };
  for (const path of [
    listPath("en", "a-letter", filters, { after: place }),
    besidePath("en", { id: ID, slug: "a-letter" }, "a-letter", filters, { after: place }),
  ]) {
    expect(path).not.toMatch(/ada|sought|text/i);
    expect(readAdminSearch(queryOf(path), [])).toEqual({
      filters,
      errors: {},
      after: place,
      noted: undefined,
      all: false,
    });
  }
});

it("filters that are damaged narrow nothing, and that is said", () => {
  const hidden = hiddenQuery(new URLSearchParams({ text: "Ada" }));
  const cut = new URLSearchParams({ filters: hidden.get("filters")?.slice(0, -3) ?? "" });
  expect(readAdminSearch(cut, ["VERIFIED"])).toMatchObject({
    filters: wholeView("VERIFIED"),
    errors: { "": ["wrongFilters"] },
  });
});
