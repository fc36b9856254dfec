import { describe, expect, it } from "vitest";
import { encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { decryptFilters, encryptFilters } from "@/lib/moderation/bulk/encrypted";
import { bulkStatesBefore, nextBulkState, operate, undo } from "@/lib/moderation/bulk/rules";
import { parseOperation, parseRun } from "@/lib/moderation/bulk/schemas";
import { wholeView } from "@/lib/moderation/filters/rules";
import { BulkState, type HoldReason, SignatureState } from "@/prisma/generated/enums";

const LETTER = "0197a3c0-0000-7000-8000-000000000001";

describe("the filters of a bulk action", () => {
  it("come back as they were, encrypted", () => {
    const filters = { ...wholeView("PENDING", "HOLD"), letterId: LETTER, text: "Ada" };
    const encrypted = encryptFilters(filters);
    expect(encrypted).not.toContain("Ada");
    expect(decryptFilters(encrypted)).toEqual(filters);
    for (const forged of ["", "x1.y.z", `${encrypted}A`, JSON.stringify(filters)])
      expect(decryptFilters(forged)).toBeNull();
  });

  it("are read as earlier versions kept them, by states", () => {
    const { views: _, ...rest } = { ...wholeView(), letterId: LETTER, domains: ["example.org"] };
    const old = JSON.stringify({ ...rest, states: ["PENDING", "VERIFIED", "APPROVED"] });
    expect(decryptFilters(encrypt(deploymentKey(), "bulk.conditions", old))).toEqual({
      ...rest,
      views: ["PENDING", "VERIFIED", "HOLD", "APPROVED"],
    });
  });
});

it("filters that were kept under the words of earlier versions are read", () => {
  const { holds: _, ...rest } = { ...wholeView(), letterId: LETTER };
  const old = JSON.stringify({
    ...rest,
    views: ["QUARANTINE", "PENDING"],
    quarantines: ["UNPROVEN", "BLOCKED", "INVALIDATED"],
  });
  expect(decryptFilters(encrypt(deploymentKey(), "bulk.conditions", old))).toEqual({
    ...rest,
    views: ["HOLD", "PENDING"],
    holds: ["UNCHECKED", "BLOCKED", "BULK"],
  });
});

describe("the forms of a bulk action", () => {
  it("ask for an operation, and for a reason where there is a field for it", () => {
    expect(parseOperation({ operation: "HOLD" })).toBe("HOLD");
    for (const operation of ["", "hold", "APPROVE", "toString"])
      expect(parseOperation({ operation })).toBeNull();
    expect(parseRun({ reason: " Bots. " })).toEqual({ ok: true, data: { reason: "Bots." } });
    expect(parseRun({ reason: " " })).toEqual({ ok: false, errors: { reason: ["required"] } });
    expect(parseRun({})).toEqual({ ok: true, data: { reason: null } });
  });
});

describe("a bulk act", () => {
  it("runs, ends and is undone, once", () => {
    const ways = Object.values(BulkState).flatMap((state) =>
      (["run", "finish", "undo"] as const).map((event) => `${state} ${event} ${nextBulkState(state, event)}`),
    );
    expect(ways.filter((way) => !way.endsWith("null"))).toEqual([
      "DRAFT run RUNNING",
      "RUNNING finish DONE",
      "RUNNING undo UNDOING",
      "DONE undo UNDOING",
      "UNDOING finish UNDONE",
    ]);
    expect(bulkStatesBefore("undo")).toEqual(["RUNNING", "DONE"]);
  });

  it.each([
    ["REJECT", "VERIFIED", 3, null, "REJECTED"],
    ["REJECT", "VERIFIED", 3, "BLOCKED", "REJECTED"],
    ["REJECT", "VERIFIED", 4, null, null],
    ["REJECT", "APPROVED", 3, null, "REJECTED"],
    ["REJECT", "APPROVED", 4, null, null],
    ["REJECT", "PENDING", 3, null, "BULK"],
    ["REJECT", "PENDING", 9, "UNCHECKED", "BULK"],
    ["REJECT", "PENDING", 3, "BULK", null],
    ["REJECT", "REJECTED", 3, null, null],
    ["REJECT", "WITHDRAWN", 3, null, null],
    ["REJECT", "EXPIRED", 3, null, null],
    ["HOLD", "PENDING", 9, "UNCHECKED", "BULK"],
    ["HOLD", "VERIFIED", 3, null, "BULK"],
    ["HOLD", "VERIFIED", 3, "BULK", null],
    ["HOLD", "VERIFIED", 4, null, null],
    ["HOLD", "APPROVED", 3, null, null],
    ["HOLD", "REJECTED", 3, null, null],
    ["RELEASE", "VERIFIED", 3, "BLOCKED", "released"],
    ["RELEASE", "VERIFIED", 4, "BLOCKED", null],
    ["RELEASE", "VERIFIED", 3, null, null],
    ["RELEASE", "PENDING", 3, "BLOCKED", null],
    ["RELEASE", "APPROVED", 3, null, null],
  ] as const)("%s does to %s at revision %i, on hold %s, chosen at 3: %s", (...row) => {
    const [operation, state, revision, hold, expected] = row;
    const made = operate(operation, { state, revision, hold }, 3);
    const said = made && (made.state ?? (made.hold === null ? "released" : made.hold));
    expect(said ?? null).toBe(expected);
  });

  it("brings back only what it left, as it left it", () => {
    const states = Object.values(SignatureState);
    const restored = states.flatMap((from) =>
      states.flatMap((to) =>
        [4, 5].flatMap((revision) => {
          const made = undo("REJECT", { state: from, revision, hold: null }, left(to, "BLOCKED"));
          return made?.state ? [`${from} ${made.state} ${made.hold} ${revision}`] : [];
        }),
      ),
    );
    expect(restored.sort()).toEqual(["REJECTED APPROVED BLOCKED 4", "REJECTED VERIFIED BLOCKED 4"]);
  });

  it.each(["REJECT", "HOLD"] as const)("%s releases what it put on hold unless somebody did", (operation) => {
    const of = (state: SignatureState, hold: "BULK" | "UNCHECKED" | null) =>
      undo(operation, { state, revision: 7, hold }, left("PENDING", "UNCHECKED"));
    expect(of("PENDING", "BULK")).toEqual({ hold: "UNCHECKED" });
    expect(of("VERIFIED", "BULK")).toEqual({ hold: "UNCHECKED" });
    expect(of("APPROVED", "BULK")).toBeNull();
    expect(of("VERIFIED", null)).toBeNull();
    expect(of("EXPIRED", "BULK")).toBeNull();
  });

  it("puts back on hold what it released unless a moderator has acted on it", () => {
    const of = (revision: number, state: SignatureState, hold: "BLOCKED" | null) =>
      undo("RELEASE", { state, revision, hold }, left("VERIFIED", "UNCHECKED"));
    expect(of(4, "VERIFIED", null)).toEqual({ hold: "UNCHECKED" });
    expect(of(5, "VERIFIED", null)).toBeNull();
    expect(of(4, "APPROVED", null)).toBeNull();
    expect(of(4, "VERIFIED", "BLOCKED")).toBeNull();
  });
});

const left = (state: SignatureState, hold: HoldReason | null) => ({ state, hold, revision: 4 });
