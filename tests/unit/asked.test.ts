import { expect, it } from "vitest";
import { readTimedId } from "@/app/_components/admin/asked";
import { parseConditions } from "@/lib/bulk/schemas";

const ID = "01a20e1a-7d2a-7632-b414-dea9a3cb5743";

it("a place in a list by time is what a page before wrote", () => {
  const at = new Date("2026-11-24T12:00:00.123Z");
  expect(readTimedId(`${at.toISOString()}_${ID}`)).toEqual({ at, id: ID });
});

it.each([
  undefined,
  [`2026-11-24T12:00:00Z_${ID}`],
  "",
  ID,
  `_${ID}`,
  `2026-11-24T12:00:00Z_x`,
  `-271821-04-20T00:00:00Z_${ID}`,
  `+275760-09-13T00:00:00Z_${ID}`,
  `0000-01-01T00:00:00Z_${ID}`,
  `2026-13-45T00:00:00Z_${ID}`,
])("and nothing else: %s", (text) => {
  expect(readTimedId(text)).toBeUndefined();
});

it("a condition's time is in a year that the database knows", () => {
  const values = { letter: ID, "state-VERIFIED": "on", from: "0000-01-01T00:00" };
  const parsed = parseConditions(values);
  expect(parsed).toEqual({ ok: false, errors: expect.objectContaining({ from: ["format"] }) });
});
