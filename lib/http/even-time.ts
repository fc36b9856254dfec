import { setTimeout as pause } from "node:timers/promises";

/** Longer than the slowest of the ways that one form takes, so that the clock does not tell which it was. */
export const EVEN_MS = 60;

/**
 * Does what must look the same whatever it finds, and ends at a multiple of a fixed time after it began: an address that
 * is known takes other statements than one that is not. A machine too busy for one such time takes two, for everybody.
 * @throws what the work throws, no sooner either
 */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const done = work();
  let ended = false;
  const end = () => {
    ended = true;
  };
  done.then(end, end);
  while (!ended) await pause(EVEN_MS);
  return done;
}
