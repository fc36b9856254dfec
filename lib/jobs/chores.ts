import { log } from "@/lib/ops/log/log";

/** A part of housekeeping that is done in batches. */
export type Chore = {
  name: string;
  /**
   * Does one batch, in short statements.
   * @returns how many it did; 0 where nothing is left, none where one batch is all
   */
  batch: (now: Date) => Promise<number> | Promise<void>;
};

/** For how long one chore goes on; what is left then is the next time's. */
const SHIFT_MS = 20_000;

/**
 * Does chores one after the other. One that fails keeps no other from being done, and is tried again the next time.
 * @throws the first failure, once all had their turn
 */
export async function doChores(chores: Chore[], now: Date): Promise<void> {
  const failures: unknown[] = [];
  for (const chore of chores) {
    await repeat(chore, now).catch((error: unknown) => {
      log.error("housekeeping failed", error, { chore: chore.name });
      failures.push(error);
    });
  }
  if (failures.length > 0) throw failures[0];
}

async function repeat({ batch }: Chore, now: Date): Promise<void> {
  const end = Date.now() + SHIFT_MS;
  while (((await batch(now)) ?? 0) > 0 && Date.now() < end);
}
