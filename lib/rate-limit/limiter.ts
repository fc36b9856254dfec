import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Limit } from "@/lib/rate-limit/limits";
import { limiterPool } from "@/lib/rate-limit/store";
import { keyedHash } from "@/lib/vault/hash";

// After a failure the store is left alone for so long: a frozen one would keep every request waiting.
const REST_MS = 5_000;
let restUntil = 0;

type Limiters = { stored: RateLimiterPostgres; alone: RateLimiterMemory };
const limiters = new Map<string, Limiters>();

/**
 * Counts one event, and tells whether that was one too many. The count is shared by all processes; while its store
 * fails, this process counts alone.
 * @param parts what is counted, such as a network; stored as a keyed hash
 */
export async function exceeds(limit: Limit, ...parts: string[]): Promise<boolean> {
  const { stored, alone } = limitersOf(limit);
  const key = keyOf(limit, parts);
  return trying(
    () => within(stored.consume(key)),
    () => within(alone.consume(key)),
  );
}

/** Whether one more event would be one too many. Counts nothing; false while the store fails. */
export async function isSpent(limit: Limit, ...parts: string[]): Promise<boolean> {
  const { stored, alone } = limitersOf(limit);
  const key = keyOf(limit, parts);
  const spent = (state: RateLimiterRes | null) => state !== null && state.consumedPoints >= limit.points;
  return trying(
    async () => spent(await stored.get(key)),
    async () => spent(await alone.get(key)),
  );
}

/**
 * Takes something that may be taken once; while the store fails, once in this process.
 * @returns false where it was taken before
 */
export async function takeOnce(limit: Limit, ...parts: string[]): Promise<boolean> {
  return !(await exceeds(limit, ...parts));
}

async function trying<T>(shared: () => Promise<T>, alone: () => Promise<T>): Promise<T> {
  if (Date.now() < restUntil) return alone();
  try {
    return await shared();
  } catch {
    restUntil = Date.now() + REST_MS;
    return alone();
  }
}

/** The library rejects with a result where the limit is exceeded, and with an error where its store fails. */
async function within(consumed: Promise<RateLimiterRes>): Promise<boolean> {
  try {
    await consumed;
    return false;
  } catch (error) {
    if (error instanceof RateLimiterRes) return true;
    throw error;
  }
}

function limitersOf(limit: Limit): Limiters {
  const known = limiters.get(limit.name);
  if (known) return known;
  const options = { points: limit.points, duration: limit.seconds, keyPrefix: "" };
  const stored = new RateLimiterPostgres({
    ...options,
    storeClient: limiterPool(),
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    // Once spent, a process need not ask again until the window is over.
    inMemoryBlockOnConsumed: limit.points + 1,
  });
  const made = { stored, alone: new RateLimiterMemory(options) };
  limiters.set(limit.name, made);
  return made;
}

const keyOf = (limit: Limit, parts: string[]) => keyedHash(`limit.${limit.name}`, ...parts);
