import { NIL, v7 } from "uuid";
import { expect, it } from "vitest";
import { publicId, readPublicId } from "@/lib/http/public-ids";

const ID = "01a20e1a-7d2a-7632-b414-dea9a3cb5743";

it("an id outside the server is the same each time, and read back", () => {
  expect(publicId(ID)).toBe(publicId(ID));
  expect(publicId(ID)).toMatch(/^[\w-]{22}$/);
  expect(readPublicId(publicId(ID))).toBe(ID);
});

it("says nothing of when it was made: ids of one millisecond have no beginning in common", () => {
  const msecs = Date.UTC(2026, 10, 24);
  const beginnings = Array.from({ length: 50 }, () => publicId(v7({ msecs })).slice(0, 4));
  expect(new Set(beginnings).size).toBeGreaterThan(45);
});

it.each([undefined, "", ID, "x".repeat(22), `${publicId(ID)}=`, `${publicId(ID)}A`, [publicId(ID)]])(
  "reads nothing else: %s",
  (name) => {
    expect(readPublicId(name)).toBe(NIL);
  },
);
