import pLimit from "p-limit";
import { ANSWER_MS, DeadlineError, within } from "@/lib/http/deadline";

/** How many documents are made at a time, and how many may wait for their turn. */
export const AT_ONCE = 8;
export const MOST_WAITING = 100;

const turns = pLimit(AT_ONCE);

/**
 * Makes a document when its turn comes: a crowd that asks for what is in no cache shall not keep those waiting who sign.
 * @returns null where too many wait already, or it is not made in time
 */
export async function inTurn<T>(make: () => Promise<T>): Promise<T | null> {
  if (turns.pendingCount >= MOST_WAITING) return null;
  let late = false;
  try {
    return await within(
      ANSWER_MS,
      turns(async () => (late ? null : make())),
    );
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    late = true;
    return null;
  }
}
