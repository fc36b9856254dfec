import { expect, it } from "vitest";
import { pathAfter, readNext } from "@/app/[locale]/admin/_parts/account/next-page";
import { nextExport } from "@/app/[locale]/admin/_parts/paths";
import { wholeView } from "@/lib/moderation/filters/rules";

it("leads back to an export with the filters that were chosen, hidden where they may be a name", () => {
  for (const text of [null, "Ada Exampleton"]) {
    const next = nextExport("example-letter", { ...wholeView("APPROVED"), domains: ["example.org"], text });
    expect(readNext(decodeURIComponent(encodeURIComponent(next)))).toBe(next);
    const { pathname, searchParams } = new URL(pathAfter(next, "verified"), "http://letters.test");
    expect([pathname, searchParams.get("done")]).toEqual([
      "/admin/letters/example-letter/export",
      "verified",
    ]);
    expect(searchParams.has("filters") ? "hidden" : searchParams.toString()).toContain(
      text ? "hidden" : "example.org",
    );
    expect(next).not.toContain("Ada");
  }
  expect(pathAfter("team", "recovered")).toBe("/admin/team?done=recovered");
});

it.each([
  "https://evil.example",
  "//evil.example",
  "letters/a/export?x=//a b",
  "letters/../export?a",
  "letters/a/export",
])("leads nowhere else: %s", (value) => expect(readNext(value)).toBeUndefined());
