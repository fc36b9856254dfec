import { LRUCache } from "lru-cache";
import type { Limit } from "@/lib/abuse/limits/limits";
import { BOUNDS } from "@/lib/cache/bounds";

/** Counts events in this process alone. Of too many keys it forgets those that were counted longest ago. */
export class MemoryCounter {
  readonly #points: number;
  readonly #counts: LRUCache<string, number>;

  constructor(
    { points, seconds }: Limit,
    max: number = BOUNDS["lib/abuse/limits/memory-counter.ts #counts"].entries,
  ) {
    this.#points = points;
    this.#counts = new LRUCache({ max, ttl: seconds * 1_000 });
  }

  /** Counts one event. @returns whether it was one too many */
  exceeds(key: string): boolean {
    const count = (this.#counts.get(key) ?? 0) + 1;
    // The window begins with its first event.
    this.#counts.set(key, count, { noUpdateTTL: true });
    return count > this.#points;
  }

  /** Whether one more event would be one too many. */
  isSpent(key: string): boolean {
    return (this.#counts.get(key) ?? 0) >= this.#points;
  }
}
