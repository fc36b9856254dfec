import { describe, expect, it } from "vitest";
import { deploymentKey } from "@/lib/encryption/keys";
import { seal } from "@/lib/encryption/seal";
import { bulkStatesBefore, nextBulkState, operate, undo } from "@/lib/moderation/bulk/rules";
import { parseOperation, parseRun } from "@/lib/moderation/bulk/schemas";
import { openFilters, sealFilters } from "@/lib/moderation/bulk/sealed";
import { wholeView } from "@/lib/moderation/filters/rules";
import { BulkState, type Quarantine, SignatureState } from "@/prisma/generated/enums";

const LETTER = "0197a3c0-0000-7000-8000-000000000001";

describe("the filters of a bulk action", () => {
  it("come back as they were, encrypted", () => {
    const filters = { ...wholeView("PENDING", "QUARANTINE"), letterId: LETTER, text: "Ada" };
    const sealed = sealFilters(filters);
    expect(sealed).not.toContain("Ada");
    expect(openFilters(sealed)).toEqual(filters);
    for (const forged of ["", "x1.y.z", `${sealed}A`, JSON.stringify(filters)])
      expect(openFilters(forged)).toBeNull();
  });

  it("are read as earlier versions kept them, by states", () => {
    const { views: _, ...rest } = { ...wholeView(), letterId: LETTER, domains: ["example.org"] };
    const old = JSON.stringify({ ...rest, states: ["PENDING", "VERIFIED", "APPROVED"] });
    expect(openFilters(seal(deploymentKey(), "bulk.conditions", old))).toEqual({
      ...rest,
      views: ["PENDING", "VERIFIED", "QUARANTINE", "APPROVED"],
    });
  });
});

describe("the forms of a bulk action", () => {
  it("ask for an operation, and for a reason where there is a field for it", () => {
    expect(parseOperation({ operation: "HOLD" })).toBe("HOLD");
    for (const operation of ["", "hold", "APPROVE", "toString"])
      expect(parseOperation({ operation })).toBeNull();
    expect(parseRun({ reason: " Bots. " })).toEqual({ ok: true, reason: "Bots." });
    expect(parseRun({ reason: " " })).toEqual({ ok: false, errors: { reason: ["required"] } });
    expect(parseRun({})).toEqual({ ok: true, reason: null });
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
    ["REJECT", "PENDING", 3, null, "INVALIDATED"],
    ["REJECT", "PENDING", 9, "UNPROVEN", "INVALIDATED"],
    ["REJECT", "PENDING", 3, "INVALIDATED", null],
    ["REJECT", "REJECTED", 3, null, null],
    ["REJECT", "WITHDRAWN", 3, null, null],
    ["REJECT", "EXPIRED", 3, null, null],
    ["HOLD", "PENDING", 9, "UNPROVEN", "INVALIDATED"],
    ["HOLD", "VERIFIED", 3, null, "INVALIDATED"],
    ["HOLD", "VERIFIED", 3, "INVALIDATED", null],
    ["HOLD", "VERIFIED", 4, null, null],
    ["HOLD", "APPROVED", 3, null, null],
    ["HOLD", "REJECTED", 3, null, null],
    ["RELEASE", "VERIFIED", 3, "BLOCKED", "released"],
    ["RELEASE", "VERIFIED", 4, "BLOCKED", null],
    ["RELEASE", "VERIFIED", 3, null, null],
    ["RELEASE", "PENDING", 3, "BLOCKED", null],
    ["RELEASE", "APPROVED", 3, null, null],
  ] as const)("%s does to %s at revision %i, on hold %s, chosen at 3: %s", (...row) => {
    const [operation, state, revision, quarantine, expected] = row;
    const made = operate(operation, { state, revision, quarantine }, 3);
    const said = made && (made.state ?? (made.quarantine === null ? "released" : made.quarantine));
    expect(said ?? null).toBe(expected);
  });

  it("brings back only what it left, as it left it", () => {
    const states = Object.values(SignatureState);
    const restored = states.flatMap((from) =>
      states.flatMap((to) =>
        [4, 5].flatMap((revision) => {
          const made = undo("REJECT", { state: from, revision, quarantine: null }, left(to, "BLOCKED"));
          return made?.state ? [`${from} ${made.state} ${made.quarantine} ${revision}`] : [];
        }),
      ),
    );
    expect(restored.sort()).toEqual(["REJECTED APPROVED BLOCKED 4", "REJECTED VERIFIED BLOCKED 4"]);
  });

  it.each(["REJECT", "HOLD"] as const)("%s releases what it put on hold unless somebody did", (operation) => {
    const of = (state: SignatureState, quarantine: "INVALIDATED" | "UNPROVEN" | null) =>
      undo(operation, { state, revision: 7, quarantine }, left("PENDING", "UNPROVEN"));
    expect(of("PENDING", "INVALIDATED")).toEqual({ quarantine: "UNPROVEN" });
    expect(of("VERIFIED", "INVALIDATED")).toEqual({ quarantine: "UNPROVEN" });
    expect(of("APPROVED", "INVALIDATED")).toBeNull();
    expect(of("VERIFIED", null)).toBeNull();
    expect(of("EXPIRED", "INVALIDATED")).toBeNull();
  });

  it("puts back on hold what it released unless a moderator has acted on it", () => {
    const of = (revision: number, state: SignatureState, quarantine: "BLOCKED" | null) =>
      undo("RELEASE", { state, revision, quarantine }, left("VERIFIED", "UNPROVEN"));
    expect(of(4, "VERIFIED", null)).toEqual({ quarantine: "UNPROVEN" });
    expect(of(5, "VERIFIED", null)).toBeNull();
    expect(of(4, "APPROVED", null)).toBeNull();
    expect(of(4, "VERIFIED", "BLOCKED")).toBeNull();
  });
});

const left = (state: SignatureState, quarantine: Quarantine | null) => ({ state, quarantine, revision: 4 });
