import { describe, expect, it } from "vitest";
import { holdAfterRepeat, nextState, type SignatureEvent, statesBefore } from "@/lib/signatures/rules";
import { SignatureState } from "@/prisma/generated/enums";

const EVENTS: SignatureEvent[] = ["verify", "approve", "reject", "invalidate", "withdraw", "expire"];

const ALLOWED = [
  "PENDING verify VERIFIED",
  "PENDING invalidate PENDING",
  "PENDING withdraw WITHDRAWN",
  "PENDING expire EXPIRED",
  "VERIFIED approve APPROVED",
  "VERIFIED reject REJECTED",
  "VERIFIED invalidate REJECTED",
  "VERIFIED withdraw WITHDRAWN",
  "APPROVED reject REJECTED",
  "APPROVED invalidate REJECTED",
  "APPROVED withdraw WITHDRAWN",
  "REJECTED approve APPROVED",
  "REJECTED withdraw WITHDRAWN",
];

describe("a signature's states", () => {
  it("change as drawn, and in no other way", () => {
    const found = Object.values(SignatureState).flatMap((state) =>
      EVENTS.flatMap((event) => {
        const next = nextState(state, event);
        return next ? [`${state} ${event} ${next}`] : [];
      }),
    );
    expect(found.sort()).toEqual(ALLOWED.sort());
  });

  it("are the preconditions of guarded updates", () => {
    expect(statesBefore("approve")).toEqual(["VERIFIED", "REJECTED"]);
    expect(statesBefore("verify")).toEqual(["PENDING"]);
  });
});

describe("a pending signature that was submitted again as it is", () => {
  it.each([
    [null, null, null],
    [null, "UNCHECKED", null],
    ["UNCHECKED", null, null],
    ["UNCHECKED", "BLOCKED", "UNCHECKED"],
    ["BLOCKED", null, null],
    [null, "BLOCKED", null],
    ["BLOCKED", "UNCHECKED", "UNCHECKED"],
    ["BULK", "UNCHECKED", "BULK"],
  ] as const)("was %s, is judged %s: %s", (before, judged, after) => {
    expect(holdAfterRepeat(before, judged)).toBe(after);
  });
});
