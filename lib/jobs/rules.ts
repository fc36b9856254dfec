const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/** How long work rests after so many failures in a row: what is slow must not be asked every second. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}
