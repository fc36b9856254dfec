import type { MailLimit } from "@/lib/abuse/limits/limits";
import { KEPT_DAYS, LINK_DAYS } from "@/lib/retention/rules";
import { type HoldReason, SignatureState, type Visibility } from "@/prisma/generated/enums";

export type SignatureEvent =
  | "verify"
  | "approve"
  | "reject"
  | "invalidate"
  | "withdraw"
  | "expire"
  | "outlive";

const TRANSITIONS: Record<SignatureState, Partial<Record<SignatureEvent, SignatureState>>> = {
  // Nobody has verified it yet: rejecting it in bulk only puts it on hold, out of the queue.
  PENDING: {
    verify: "VERIFIED",
    invalidate: "PENDING",
    withdraw: "WITHDRAWN",
    expire: "EXPIRED",
    outlive: "EXPIRED",
  },
  VERIFIED: {
    approve: "APPROVED",
    reject: "REJECTED",
    invalidate: "REJECTED",
    withdraw: "WITHDRAWN",
    outlive: "EXPIRED",
  },
  APPROVED: { reject: "REJECTED", invalidate: "REJECTED", withdraw: "WITHDRAWN" },
  REJECTED: { approve: "APPROVED", withdraw: "WITHDRAWN", outlive: "EXPIRED" },
  WITHDRAWN: {},
  EXPIRED: {},
};

/** The state that follows, or null where the event cannot happen in this state. The only owner of the transitions. */
export function nextState(state: SignatureState, event: SignatureEvent): SignatureState | null {
  return TRANSITIONS[state][event] ?? null;
}

/** The states in which an event can happen: the precondition of its guarded update. */
export function statesBefore(event: SignatureEvent): SignatureState[] {
  return Object.values(SignatureState).filter((state) => nextState(state, event) !== null);
}

const DAY_MS = 86_400_000;

/** For how long a tab of a browser keeps what was sent, to be corrected, in milliseconds. */
export const CORRECTION_MS = 600_000;

/** When a link made now stops working. */
export const tokenExpiry = (now: Date) => new Date(now.getTime() + LINK_DAYS * DAY_MS);

/** When a signature submitted now expires unless it is confirmed. */
export const expiryTime = (now: Date) => new Date(now.getTime() + KEPT_DAYS.unconfirmed * DAY_MS);

export const windowStart = ({ windowMs }: Pick<MailLimit, "windowMs">, now: Date) =>
  new Date(now.getTime() - windowMs);

// The lower, the nearer to the queue.
const DISTANCE: Record<HoldReason | "none", number> = { none: 0, UNCHECKED: 1, BLOCKED: 2, BULK: 3 };

/**
 * Where a pending signature waits once it was submitted again as it is: as the better of the two submissions, or anybody
 * could bury somebody else's by repeating it from a network that is blocked. A rule that names the address or its domain
 * finds it again by itself; only what a moderator has put on hold stays there.
 */
export function holdAfterRepeat(before: HoldReason | null, judged: HoldReason | null): HoldReason | null {
  if (before === "BULK") return before;
  return DISTANCE[judged ?? "none"] < DISTANCE[before ?? "none"] ? judged : before;
}

/**
 * Which of the entries that wait in a mailbox is ticked beforehand: one that shows a name only if nothing else waits, a
 * hidden one if it is the only hidden one. A stranger's earlier entry in somebody's name must not ride on their own press.
 * @returns its id, or null
 */
export function tickedBeforehand(entries: { id: string; visibility: Visibility }[]): string | null {
  const hidden = entries.filter(({ visibility }) => visibility === "WITHHELD");
  if (hidden.length === 1) return hidden[0]?.id ?? null;
  return entries.length === 1 ? (entries[0]?.id ?? null) : null;
}
