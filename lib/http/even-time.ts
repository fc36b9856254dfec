import { setTimeout as pause } from "node:timers/promises";

/** Longer than the slowest of the ways that one form takes, so that the clock does not tell which it was. */
export const EVEN_MS = 60;

/**
 * Does what must look the same whatever it finds, and ends no sooner than a fixed time after it began: an address that
 * is known takes other statements than one that is not.
 * @throws what the work throws, no sooner either
 */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work(), pause(EVEN_MS)]);
  if (done.status === "rejected") throw done.reason;
  return done.value;
}
