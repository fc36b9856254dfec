/** A web process loads what its visitors need first, takes work, and on its way out takes no more. */
export type Phase = "starting" | "serving" | "stopping";

// The server and Next's bundles load this file apart from each other; they must agree.
const slot = Symbol.for("undersigned.phase");
const shared = globalThis as { [slot]?: Phase };

/** Nothing comes after `stopping`. */
export function enterPhase(phase: Phase): void {
  if (shared[slot] !== "stopping") shared[slot] = phase;
}

export const currentPhase = (): Phase => shared[slot] ?? "starting";
