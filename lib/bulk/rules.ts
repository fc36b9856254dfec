import type { Flag } from "@/lib/flags/flag-codes";
import { canRestore, nextState } from "@/lib/signatures/rules";
import { BulkState, type Quarantine, type SignatureState } from "@/prisma/generated/enums";

/** The states that an invalidation can choose from, in the order of the form. */
export const CHOOSABLE_STATES = ["PENDING", "VERIFIED", "APPROVED"] as const;

export type ChoosableState = (typeof CHOOSABLE_STATES)[number];

/** The flags that a signature can bear before its mailbox is verified; the others are found when it is. */
export const EARLY_FLAGS: readonly Flag[] = ["bounced", "burst"];

/** Whether conditions ask unverified signatures alone for marks that nothing sets before a mailbox is verified. */
export function onlyMarkedLater({
  states,
  flags,
  quarantines,
}: {
  states: ChoosableState[];
  flags: Flag[];
  quarantines: Quarantine[];
}): boolean {
  const early = quarantines.length > 0 || flags.some((flag) => EARLY_FLAGS.includes(flag));
  return flags.length > 0 && !early && states.every((state) => state === "PENDING");
}

/** How many signatures are changed in one transaction: a moderator or a visitor waits no longer than for one. */
export const BATCH = 200;

/** How many signatures one act may be about: writing them down takes well under the time that a form has. */
export const MOST_CHOSEN = 20_000;

/** Among how many signatures a text may be looked for: they are opened one by one in the time that a form has. */
export const MOST_READ = 10_000;

/** How long a draft that nobody runs is kept, in milliseconds. */
export const DRAFT_MS = 86_400_000;

/** The state of a bulk act that was run: a draft is none yet. */
export type ActState = Exclude<BulkState, "DRAFT">;

/** What can happen to a bulk act. */
export type BulkEvent = "run" | "finish" | "undo";

const TRANSITIONS: Record<BulkState, Partial<Record<BulkEvent, BulkState>>> = {
  DRAFT: { run: "RUNNING" },
  // Undoing one that still runs stops it first.
  RUNNING: { finish: "DONE", undo: "UNDOING" },
  DONE: { undo: "UNDOING" },
  UNDOING: { finish: "UNDONE" },
  UNDONE: {},
};

/** The state of a bulk act that follows, or null where the event cannot happen. The only owner of these transitions. */
export function nextBulkState(state: BulkState, event: BulkEvent): BulkState | null {
  return TRANSITIONS[state][event] ?? null;
}

/** The states of a bulk act in which an event can happen. */
export function bulkStatesBefore(event: BulkEvent): BulkState[] {
  return Object.values(BulkState).filter((state) => nextBulkState(state, event) !== null);
}

/** A signature, as far as a bulk act depends on it. */
export type Held = { state: SignatureState; revision: number; quarantine: Quarantine | null };

/** What an invalidation does to a chosen signature. */
export type Invalidation =
  | { kind: "reject"; state: SignatureState }
  | { kind: "setApart"; state: SignatureState }
  | { kind: "skip" };

/**
 * What becomes of a signature that was chosen. A verified or approved one is rejected, unless a moderator has acted on
 * it since; an unverified one is set apart, whatever was submitted since.
 * @param chosenAt its revision when it was chosen
 */
export function invalidationOf({ state, revision, quarantine }: Held, chosenAt: number): Invalidation {
  const next = nextState(state, "invalidate");
  if (!next) return { kind: "skip" };
  if (next === state) return quarantine === "INVALIDATED" ? { kind: "skip" } : { kind: "setApart", state };
  return revision === chosenAt ? { kind: "reject", state: next } : { kind: "skip" };
}

/** Why undoing leaves a signature as it is. */
export type KeptReason = "moved-on" | "listed-elsewhere";

/**
 * What undoing does to a signature. A rejected one goes back if nobody has touched it; one that was set apart leaves
 * the quarantine, also when its mailbox was verified meanwhile, unless a moderator has taken it out.
 * @param left its state before the act, and the revision that the act left it at
 */
export function restorationOf(
  held: Held,
  left: { state: SignatureState; revision: number },
): "restore" | "release" | "keep" {
  if (nextState(left.state, "invalidate") === left.state) {
    const waits = held.state === "PENDING" || held.state === "VERIFIED";
    return waits && held.quarantine === "INVALIDATED" ? "release" : "keep";
  }
  return canRestore(held.state, left.state) && held.revision === left.revision ? "restore" : "keep";
}
