import { AsyncLocalStorage } from "node:async_hooks";
import { LRUCache } from "lru-cache";
import { BOUNDS } from "@/lib/cache/bounds";
import { heldBytes } from "@/lib/cache/held-bytes";
import { processWide } from "@/lib/process-wide";

type Entry = {
  value: unknown;
  tags: Set<string>;
  expiresAt: number;
  storedAt: number;
  /** When it was last stored or begun to be made anew. */
  askedAt: number;
  bytes: number;
};

/** What a value was made from, gathered while it is made. Scopes nest: what an inner one needs, the outer one needs. */
export class Scope {
  readonly tags = new Set<string>();
  /** Milliseconds since 1970, or Infinity. */
  expiresAt = Number.POSITIVE_INFINITY;
  storable = true;
  /** What the value holds besides what can be counted: in functions and private fields. */
  hiddenBytes = 0;

  dependsOn(tags: Iterable<string>): void {
    for (const tag of tags) this.tags.add(tag);
  }

  /** The value must not be used after this time. */
  until(time: number): void {
    this.expiresAt = Math.min(this.expiresAt, time);
  }
}

const MOST_BYTES = BOUNDS["lib/cache/tagged-cache.ts #entries"].bytes;
const MOST_TAGS = BOUNDS["lib/cache/tagged-cache.ts #invalidated"].entries;

/** How long a value is trusted while nobody would tell us that it changed. */
const UNTRUSTED_MS = 5_000;

/**
 * Keeps values in memory until a tag they depend on is invalidated or their time is over.
 * A value whose making had begun before an invalidation is handed out once and not kept.
 */
export class TaggedCache {
  readonly #entries = new LRUCache<string, Entry>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  });
  readonly #loading = new Map<string, Promise<Entry>>();
  readonly #invalidated = new Map<string, number>();
  readonly #scopes = new AsyncLocalStorage<Scope>();
  #sequence = 0;
  #cleared = 0;
  #trusted = false;

  /**
   * Returns the value kept under a key, or makes and keeps it. Concurrent callers share one making. What another value is
   * made of is never old: it would be kept as new.
   * @param load makes the value; declares on the scope which tags and times it depends on
   */
  async remember<T>(key: string, load: (scope: Scope) => Promise<T>): Promise<T> {
    const outer = this.#scopes.getStore();
    const usable = this.#usable(key);
    const kept = outer && usable && !this.#isConfirmed(usable.storedAt) ? undefined : usable;
    if (kept && !this.#isConfirmed(kept.askedAt)) this.#refresh(key, load, kept);
    const entry = kept ?? (await (this.#loading.get(key) ?? this.#begin(key, load)));
    outer?.dependsOn(entry.tags);
    outer?.until(entry.expiresAt);
    return entry.value as T;
  }

  /** The value kept under a key, if it can be handed out without more ado. */
  kept<T>(key: string): T | undefined {
    const entry = this.#usable(key);
    return entry && this.#isConfirmed(entry.askedAt) ? (entry.value as T) : undefined;
  }

  /** How many bytes the kept values hold. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /** Forgets everything that depends on a tag, including what is being made at this moment. */
  invalidate(tag: string): void {
    // Anew, so that the first is the one that changed longest ago.
    this.#invalidated.delete(tag);
    this.#invalidated.set(tag, ++this.#sequence);
    this.#boundTags();
    this.#loading.clear();
    for (const [key, entry] of this.#entries) if (entry.tags.has(tag)) this.#entries.delete(key);
  }

  /** Forgets everything: messages may have been missed. */
  clear(): void {
    this.#cleared = ++this.#sequence;
    this.#loading.clear();
    this.#entries.clear();
  }

  /** Changes whenever everything was forgotten: what is kept elsewhere may be outdated too. */
  get cleared(): number {
    return this.#cleared;
  }

  /** Says whether changes reach this process; while they do not, values are read afresh every few seconds. */
  trust(trusted: boolean): void {
    this.#trusted = trusted;
  }

  /** Of a tag too many only is kept that something has changed by then. */
  #boundTags(): void {
    const [[oldest, changed] = ["", 0]] = this.#invalidated;
    if (this.#invalidated.size <= MOST_TAGS) return;
    this.#invalidated.delete(oldest);
    this.#cleared = Math.max(this.#cleared, changed);
  }

  #usable(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry : undefined;
  }

  #isConfirmed(at: number): boolean {
    return this.#trusted || Date.now() - at < UNTRUSTED_MS;
  }

  /** Makes a value anew while readers go on with what is kept: an unreachable database keeps nobody waiting. */
  #refresh<T>(key: string, load: (scope: Scope) => Promise<T>, kept: Entry): void {
    kept.askedAt = Date.now();
    if (!this.#loading.has(key)) this.#begin(key, load).catch(() => undefined);
  }

  #begin<T>(key: string, load: (scope: Scope) => Promise<T>): Promise<Entry> {
    const making = this.#make(key, load).finally(() => {
      if (this.#loading.get(key) === making) this.#loading.delete(key);
    });
    this.#loading.set(key, making);
    return making;
  }

  async #make<T>(key: string, load: (scope: Scope) => Promise<T>): Promise<Entry> {
    const begun = this.#sequence;
    const scope = new Scope();
    const value = await this.#scopes.run(scope, () => load(scope));
    const { tags, expiresAt, hiddenBytes } = scope;
    const bytes = heldBytes([key, value, tags]) + hiddenBytes;
    const storedAt = Date.now();
    const entry = { value, tags, expiresAt, bytes, storedAt, askedAt: storedAt };
    const outdated =
      this.#cleared > begun || [...tags].some((tag) => (this.#invalidated.get(tag) ?? 0) > begun);
    if (scope.storable && !outdated && expiresAt > Date.now()) this.#entries.set(key, entry);
    return entry;
  }
}

export const cache = processWide("cache", () => new TaggedCache());
