/** How long the work behind a form may take before the visitor is told that it did not happen, in milliseconds. */
export const ACT_MS = 2_800;

/** How long any answer may take, from the arrival of the whole request, in milliseconds: under 5 s, whatever hangs. */
export const ANSWER_MS = 4_200;

/**
 * What is left of a time that began when a request arrived, in milliseconds.
 * @param arrivedAt as `performance.now()` says it; without it, the time begins now
 */
export function left(ms: number, arrivedAt = performance.now()): number {
  return Math.max(0, ms - (performance.now() - arrivedAt));
}

/** Something took longer than it may; it goes on, and nobody hears what becomes of it. */
export class DeadlineError extends Error {
  override name = "DeadlineError";
}

/**
 * Waits for some work, and no longer than a time.
 * @param ms milliseconds
 * @throws DeadlineError when the time is over, and whatever the work throws
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError()), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
