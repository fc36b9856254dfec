import type { EventEmitter } from "node:events";

/** Who waits: from which network (null where nobody knows), since when, and what says `close` when they have gone. */
export type Asking = { network?: string | null; arrivedAt: number; connection: EventEmitter };

/** All times in milliseconds. */
type LineLimits = {
  /** How many are served at a time. */
  atOnce: number;
  /** How many wait at most, however quickly they are served. */
  most: number;
  /** As many wait as are served in this time at the present pace. */
  waitMs: number;
  /** From arrival; anyone who has not been served by then is told so. */
  patienceMs: number;
};

/** As many may wait always, however slowly they are served: a pace is known only from what has been served. */
export const LEAST_WAITING = 16;
/** What one is taken to cost before anybody was served. */
const FIRST_GUESS_MS = 50;
/** How much the latest one counts among those before. */
const WEIGHT = 1 / 8;

type Waiter = { begin(): void };

/**
 * A bounded line: a few are served at a time, the rest waits. Networks are served in turn, each first come, first served,
 * and none may wait with more than there are places free, so that there is always one for somebody else.
 */
export class Line {
  readonly #limits: LineLimits;
  /** Those who wait, by network; the network first in the map is served next. */
  readonly #networks = new Map<string, Set<Waiter>>();
  #served = 0;
  #waiting = 0;
  #refused = 0;
  #averageMs = FIRST_GUESS_MS;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  /**
   * Does some work when its turn comes.
   * @returns null, and the work is never begun, where the line is full, time is over, or nobody waits any longer
   */
  async run<T>(asking: Asking, work: () => Promise<T>): Promise<T | null> {
    if (this.#served < this.#limits.atOnce) this.#served += 1;
    else if (!(await this.#turn(asking))) {
      this.#refused += 1;
      return null;
    }
    // After the waiting: what the work belongs to, such as a scope of the cache, is known here.
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.#averageMs += (performance.now() - begun - this.#averageMs) * WEIGHT;
      this.#next();
    }
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** How many have left without being served. */
  get refused(): number {
    return this.#refused;
  }

  /** How many may wait at present. */
  get #places(): number {
    const { atOnce, most, waitMs } = this.#limits;
    return Math.min(most, Math.max(LEAST_WAITING, Math.floor((atOnce * waitMs) / this.#averageMs)));
  }

  /** Waits for a turn. @returns whether it has come; the place of the person who was served before is then taken */
  async #turn({ network, arrivedAt, connection }: Asking): Promise<boolean> {
    const name = network ?? "";
    const own = this.#networks.get(name) ?? new Set();
    if (own.size >= this.#places - this.#waiting) return false;
    const patience = arrivedAt + this.#limits.patienceMs - performance.now();
    if (patience <= 0) return false;
    return new Promise((resolve) => {
      const end = (come: boolean) => {
        clearTimeout(timer);
        connection.off("close", leave);
        this.#waiting -= 1;
        own.delete(waiter);
        if (own.size === 0) this.#networks.delete(name);
        resolve(come);
      };
      const leave = () => end(false);
      const waiter: Waiter = { begin: () => end(true) };
      const timer = setTimeout(leave, patience);
      connection.once("close", leave);
      this.#waiting += 1;
      this.#networks.set(name, own.add(waiter));
    });
  }

  #next(): void {
    const [first] = this.#networks;
    const [waiter] = first?.[1] ?? [];
    if (!first || !waiter) {
      this.#served -= 1;
      return;
    }
    const [name, own] = first;
    // To the end: the other networks come first now.
    this.#networks.delete(name);
    this.#networks.set(name, own);
    waiter.begin();
  }
}
