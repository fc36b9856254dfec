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
  | "release";

/** What can be done with a signature as it stands. */
export function possibleActions({
  state,
  kind,
  expert,
  hold,
}: Pick<Standing, "state" | "kind" | "expert" | "hold">): ModerationAction[] {
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
  ];
  return acts.flatMap(([act, possible]) => (possible ? [act] : []));
}
