import { describe, expect, it } from "vitest";
import { formValuesOf } from "@/lib/bulk/form-values";
import { bulkStatesBefore, nextBulkState, onlyMarkedLater, operate, undo } from "@/lib/bulk/rules";
import { parseConditions, parseRun } from "@/lib/bulk/schemas";
import { openConditions, sealConditions } from "@/lib/bulk/sealed-conditions";
import { BulkState, type Quarantine, SignatureState } from "@/prisma/generated/enums";

const LETTER = "0197a3c0-0000-7000-8000-000000000001";
const base = { letter: LETTER, "state-VERIFIED": "on" };
const parse = (values: Record<string, string>) => parseConditions({ ...base, ...values });
const errorsOf = (values: Record<string, string>) => {
  const parsed = parse(values);
  return parsed.ok ? {} : parsed.errors;
};

describe("the form of conditions", () => {
  it("reads every condition", () => {
    const parsed = parse({
      "state-PENDING": "on",
      domains: " Example.org, bot@BÜCHER.example\n\nexample.org",
      networks: "3f9a0-1bc22 ABCDEF0123",
      from: "2026-11-20T08:30",
      until: "2026-11-21T08:30:59",
      "flag-burst": "on",
      "flag-made-up": "on",
      "quarantine-UNPROVEN": "on",
      text: "  Ada   Example ",
    });
    expect(parsed).toEqual({
      ok: true,
      value: {
        letterId: LETTER,
        states: ["PENDING", "VERIFIED"],
        domains: ["example.org", "xn--bcher-kva.example"],
        networks: ["3F9A01BC22", "ABCDEF0123"],
        from: "2026-11-20T08:30:00.000Z",
        until: "2026-11-21T08:30:00.000Z",
        flags: ["burst"],
        quarantines: ["UNPROVEN"],
        text: "Ada Example",
      },
    });
  });

  it("wants a letter, a state and one condition more", () => {
    expect(errorsOf({})).toEqual({ "": ["noCondition"] });
    expect(errorsOf({ letter: "", text: "x" })).toEqual({ letter: ["required"] });
    expect(errorsOf({ letter: "all", text: "x" })).toEqual({ letter: ["required"] });
    expect(errorsOf({ "state-VERIFIED": "", text: "x" })).toEqual({ "state-PENDING": ["required"] });
    expect(errorsOf({ "state-VERIFIED": "", "state-REJECTED": "on", text: "x" })).toEqual({
      "state-PENDING": ["required"],
    });
    expect(errorsOf({ text: " " })).toEqual({ "": ["noCondition"] });
    const single = ["text", "domains", "networks", "from", "until", "flag-watched", "quarantine-BLOCKED"];
    const values = ["x", "example.org", "3F9A01BC22", "2026-11-20T08:30", "2026-11-20T08:30", "on", "on"];
    for (const [place, name] of single.entries())
      expect(errorsOf({ [name]: values[place] ?? "" })).toEqual({});
  });

  it("says what is malformed", () => {
    expect(errorsOf({ domains: "localhost" })).toEqual({ domains: ["format"] });
    expect(errorsOf({ domains: "*.example.org" })).toEqual({ domains: ["format"] });
    const many = Array.from({ length: 51 }, (_, place) => `d${place}.example`).join(" ");
    expect(errorsOf({ domains: many })).toEqual({ domains: ["tooMany"] });
    expect(errorsOf({ networks: "192.0.2.1" })).toEqual({ networks: ["format"] });
    expect(errorsOf({ from: "yesterday" })).toEqual({ from: ["format"] });
    expect(errorsOf({ until: "2026-13-41T99:99" })).toEqual({ until: ["format"] });
    expect(errorsOf({ from: "2026-11-20T08:30", until: "2026-11-20T08:30" })).toEqual({ until: ["order"] });
    expect(errorsOf({ text: "x".repeat(201) })).toEqual({ text: ["tooLong"] });
  });

  it("comes back as it was, sealed", () => {
    const parsed = parse({
      domains: "example.org",
      networks: "3F9A01BC22",
      from: "2026-11-20T08:30",
      text: "Ada",
    });
    if (!parsed.ok) throw new Error("malformed");
    const sealed = sealConditions(parsed.value);
    expect(sealed).not.toContain("Ada");
    const opened = openConditions(sealed);
    expect(opened).toEqual(parsed.value);
    expect(parse(formValuesOf(parsed.value))).toEqual(parsed);
    for (const forged of ["", "x1.y.z", `${sealed}A`, JSON.stringify(parsed.value)])
      expect(openConditions(forged)).toBeNull();
  });

  it("is run with a reason", () => {
    expect(parseRun({ reason: " Bots. " })).toEqual({ ok: true, value: "Bots." });
    expect(parseRun({ reason: " " })).toEqual({ ok: false, errors: { reason: ["required"] } });
  });

  it("can ask unverified signatures for what nothing marks them with", () => {
    const asks = (values: Record<string, string>) => {
      const parsed = parse({ "state-VERIFIED": "", "state-PENDING": "on", ...values });
      return parsed.ok && onlyMarkedLater(parsed.value);
    };
    expect(asks({ "flag-watched": "on", "flag-freeMail": "on" })).toBe(true);
    expect(asks({ "flag-watched": "on", "flag-burst": "on" })).toBe(false);
    expect(asks({ "flag-bounced": "on" })).toBe(false);
    expect(asks({ "flag-watched": "on", "quarantine-BLOCKED": "on" })).toBe(false);
    expect(asks({ "flag-watched": "on", "state-VERIFIED": "on" })).toBe(false);
    expect(asks({ text: "x" })).toBe(false);
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
