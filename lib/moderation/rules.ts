import type { Standing } from "@/lib/signatures/engine/rules";
import { nextState } from "@/lib/signatures/rules";

export type ModerationAction =
  | "approve"
  | "approveAsExpert"
  | "markExpert"
  | "unmarkExpert"
  | "correct"
  | "reject"
  | "hold"
  | "release"
  | "hide"
  | "withdraw";

/** What can be done with a signature as it stands. */
export function possibleActions({
  state,
  kind,
  expert,
  hold,
  visibility,
}: Pick<Standing, "state" | "kind" | "expert" | "hold" | "visibility">): ModerationAction[] {
  const approvable = nextState(state, "approve") !== null;
  const individual = kind === "INDIVIDUAL";
  const open = state === "VERIFIED" || state === "APPROVED";
  const acts: [ModerationAction, boolean][] = [
    ["approve", approvable],
    ["approveAsExpert", approvable && individual && !expert],
    ["markExpert", open && individual && !expert],
    ["unmarkExpert", open && individual && expert],
    ["correct", open],
    ["reject", nextState(state, "reject") !== null],
    ["hold", state === "VERIFIED" && hold !== "BULK"],
    ["release", state === "VERIFIED" && hold !== null],
    ["hide", open && visibility === "PUBLIC"],
    ["withdraw", open || state === "REJECTED"],
  ];
  return acts.flatMap(([act, possible]) => (possible ? [act] : []));
}
