import pLimit from "p-limit";

/**
 * How many searches are answered at a time, and how many may wait: as many as a machine that makes 25 in a second answers
 * in time.
 */
export const AT_ONCE = 4;
export const MOST_WAITING = 64;

const turns = pLimit(AT_ONCE);

/**
 * Makes the answer to a search when its turn comes: there is no end of different searches, and a crowd that asks for them
 * shall not keep those waiting who read and sign the letter.
 * @returns null where too many wait already
 */
export async function inTurn<T>(make: () => Promise<T>): Promise<T | null> {
  return turns.pendingCount < MOST_WAITING ? turns(make) : null;
}
