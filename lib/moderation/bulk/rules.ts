import type { NewStanding } from "@/lib/signatures/engine/rules";
import { nextState } from "@/lib/signatures/rules";
import { BulkOperation, BulkState, type HoldReason, type SignatureState } from "@/prisma/generated/enums";

export const OPERATIONS = Object.values(BulkOperation);

/** How many signatures are changed in one transaction: a moderator or a visitor waits no longer than for one. */
export const BATCH = 200;

/** How many signatures one action may be about: writing them down takes well under the time that a form has. */
export const MOST_CHOSEN = 20_000;

/** How long a draft that nobody runs is kept, in milliseconds. */
export const DRAFT_MS = 86_400_000;

/** The state of a bulk action that was run: a draft is none yet. */
export type ActionState = Exclude<BulkState, "DRAFT">;

type BulkEvent = "run" | "finish" | "undo";

const TRANSITIONS: Record<BulkState, Partial<Record<BulkEvent, BulkState>>> = {
  DRAFT: { run: "RUNNING" },
  // Undoing one that still runs stops it first.
  RUNNING: { finish: "DONE", undo: "UNDOING" },
  DONE: { undo: "UNDOING" },
  UNDOING: { finish: "UNDONE" },
  UNDONE: {},
};

/** The state of a bulk action that follows, or null where the event cannot happen. The only owner of these transitions. */
export function nextBulkState(state: BulkState, event: BulkEvent): BulkState | null {
  return TRANSITIONS[state][event] ?? null;
}

export function bulkStatesBefore(event: BulkEvent): BulkState[] {
  return Object.values(BulkState).filter((state) => nextBulkState(state, event) !== null);
}

/** A signature, as far as a bulk action depends on it. */
type Held = { state: SignatureState; revision: number; hold: HoldReason | null };

/**
 * What an operation makes of a signature that was chosen; null where it does nothing to it. What a moderator has acted on
 * since is passed over; of what is not confirmed nobody has seen more than the content, so it need not be as it was.
 * @param chosenAt its revision when it was chosen
 */
export function operate(
  operation: BulkOperation,
  { state, revision, hold }: Held,
  chosenAt: number,
): NewStanding | null {
  if (state !== "PENDING" && revision !== chosenAt) return null;
  const next = operation === "REJECT" ? nextState(state, "invalidate") : state;
  if (next && next !== state) return { state: next };
  const waits = state === "PENDING" || state === "VERIFIED";
  if (operation === "RELEASE") return state === "VERIFIED" && hold ? { hold: null } : null;
  return waits && hold !== "BULK" ? { hold: "BULK" } : null;
}

/** Why undoing leaves a signature as it is. */
export type KeptReason = "moved-on" | "listed-elsewhere";

export type Left = Pick<Held, "state" | "hold" | "revision">;

/**
 * What undoing makes of a signature; null where it stays as it is. What was decided goes back if nobody has touched it.
 * What was put on hold or released goes back unless a moderator has done something about that, also when its mailbox
 * was confirmed meanwhile.
 */
export function undo(operation: BulkOperation, held: Held, left: Left): NewStanding | null {
  const { state, hold } = left;
  const made = operate(operation, left, left.revision);
  if (!made || (state !== "PENDING" && held.revision !== left.revision)) return null;
  if (made.state) return held.state === made.state ? { state, hold } : null;
  const waits = held.state === "PENDING" || held.state === "VERIFIED";
  return waits && held.hold === made.hold ? { hold } : null;
}
