import { processWide } from "@/lib/process-wide";

/** A web process loads what its visitors need first, takes work, and on its way out takes no more. */
type Phase = "starting" | "serving" | "stopping";

const state = processWide<{ phase: Phase }>("phase", () => ({ phase: "starting" }));

/** Nothing comes after `stopping`. */
export function enterPhase(phase: Phase): void {
  if (state.phase !== "stopping") state.phase = phase;
}

export const currentPhase = (): Phase => state.phase;
