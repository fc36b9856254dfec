const FIRST_MS = 500;
const MOST_MS = 4_000;
const STEADY_MS = 60_000;

/**
 * How long to wait before a process that ended is started again, in milliseconds: longer each time while it keeps
 * ending, and under 5 s whatever happens, because nobody can read or sign meanwhile.
 * @param lived for how long the process ran
 * @param before the pause before it was started; 0 for the first one
 */
export function restartPause(lived: number, before: number): number {
  if (lived > STEADY_MS || before === 0) return FIRST_MS;
  return Math.min(before * 2, MOST_MS);
}
