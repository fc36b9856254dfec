import { setTimeout as pause } from "node:timers/promises";
import { BOUNDS } from "@/lib/cache/bounds";

/** On an idle machine longer than the slowest of the ways that one form takes. */
export const EVEN_MS = 60;
const MOST_MS = 10 * EVEN_MS;
const REMEMBERED = BOUNDS["lib/http/constant-time.ts latest"].entries;

/** How long the latest works took, in milliseconds, oldest first. */
const latest: number[] = [];

/**
 * Does what must look the same whatever it finds, and ends at a multiple of a fixed time after it began: an address that
 * is known takes other statements than one that is not. On a busy machine, also one that somebody keeps busy in order to
 * listen, that time grows for everybody.
 * @throws what the work throws, no sooner either
 */
export async function inConstantTime<T>(work: () => Promise<T>): Promise<T> {
  const slot = slotAfter(latest);
  const begun = performance.now();
  const done = work();
  let ended = false;
  const end = () => {
    ended = true;
    latest.push(performance.now() - begun);
    if (latest.length > REMEMBERED) latest.shift();
  };
  done.then(end, end);
  while (!ended) await pause(slot);
  return done;
}

/** Twice as long as 19 of 20 of the works took, in whole steps: room for the slow ways where most took a quick one. */
export function slotAfter(works: readonly number[]): number {
  const long = works.toSorted((a, b) => a - b)[Math.floor(works.length * 0.95)] ?? 0;
  return Math.min(MOST_MS, Math.max(1, Math.ceil((2 * long) / EVEN_MS)) * EVEN_MS);
}
