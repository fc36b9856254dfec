import { LRUCache } from "lru-cache";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Limit } from "@/lib/abuse/limits/limits";
import { MemoryCounter } from "@/lib/abuse/limits/memory-counter";
import { limiterPool } from "@/lib/abuse/limits/store";
import { BOUNDS } from "@/lib/cache/bounds";
import { cache } from "@/lib/cache/tagged-cache";
import { keyedHash } from "@/lib/encryption/hash";

// After a failure the store is left alone for so long: a frozen one would keep every request waiting.
const REST_MS = 5_000;
let restUntil = 0;

/** The shared counter; this process' own; and what is spent, of which the shared one need not be asked again. */
type Limiters = {
  stored: RateLimiterPostgres;
  alone: MemoryCounter;
  spent: LRUCache<string, true>;
  /** As long as nothing was missed: the database may be another one since, such as a restored one. */
  since: number;
};
const limiters = new Map<string, Limiters>();

/**
 * Counts one event, and tells whether that was one too many. The count is shared by all processes; while its store
 * fails, this process counts alone.
 * @param parts what is counted, such as a network; stored as a keyed hash
 */
export async function exceeds(limit: Limit, ...parts: string[]): Promise<boolean> {
  const counters = limitersOf(limit);
  const key = keyOf(limit, parts);
  return trying(
    () => consume(counters, key),
    () => counters.alone.exceeds(key),
  );
}

/** Whether one more event would be one too many. Counts nothing; false while the store fails. */
export async function isSpent(limit: Limit, ...parts: string[]): Promise<boolean> {
  const { stored, alone } = limitersOf(limit);
  const key = keyOf(limit, parts);
  const spent = (state: RateLimiterRes | null) => state !== null && state.consumedPoints >= limit.points;
  return trying(
    async () => spent(await stored.get(key)),
    () => alone.isSpent(key),
  );
}

/**
 * Takes something that may be taken once; while the store fails, once in this process.
 * @returns false where it was taken before
 */
export async function takeOnce(limit: Limit, ...parts: string[]): Promise<boolean> {
  return !(await exceeds(limit, ...parts));
}

async function trying<T>(shared: () => Promise<T>, alone: () => T): Promise<T> {
  if (Date.now() < restUntil) return alone();
  try {
    return await shared();
  } catch {
    restUntil = Date.now() + REST_MS;
    return alone();
  }
}

/** The library rejects with a result where the limit is exceeded, and with an error where its store fails. */
async function consume({ stored, spent }: Limiters, key: string): Promise<boolean> {
  if (spent.has(key)) return true;
  try {
    await stored.consume(key);
    return false;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    spent.set(key, true, { ttl: Math.max(1, Math.ceil(error.msBeforeNext)) });
    return true;
  }
}

function limitersOf(limit: Limit): Limiters {
  const known = limiters.get(limit.name);
  if (known?.since === cache.cleared) return known;
  const options = { points: limit.points, duration: limit.seconds, keyPrefix: "" };
  const stored = new RateLimiterPostgres({
    ...options,
    storeClient: limiterPool(),
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
  });
  const spent = new LRUCache<string, true>({ max: BOUNDS["lib/abuse/limits/limiter.ts spent"].entries });
  const made = { stored, alone: new MemoryCounter(limit), spent, since: cache.cleared };
  limiters.set(limit.name, made);
  return made;
}

const keyOf = (limit: Limit, parts: string[]) => keyedHash(`limit.${limit.name}`, ...parts);
