import { setTimeout as pause } from "node:timers/promises";
import { notedHeads, noteHead } from "@/lib/audit/head-notes";
import { headText } from "@/lib/audit/head-text";
import { linkRecent, RECENT } from "@/lib/audit/link-entries";
import { ThoroughWalk } from "@/lib/audit/link-thoroughly";
import { missingHead } from "@/lib/audit/missing-head";
import { type ChainHead, chainHead, stillHas } from "@/lib/audit/queries";
import { pauseAfter } from "@/lib/jobs/rules";
import { log } from "@/lib/ops/log/log";

const EVERY_MS = 1_000;
/** Between two pages of a walk: others want the database too. */
const BREATH_MS = 50;
/** Entries are committed within seconds of the time that they bear. */
const RECENT_MS = 120_000;
/** What is older is looked for at the start, and this often. */
const THOROUGH_MS = 3_600_000;

/**
 * Links the audit log's entries, every second for as long as the process works; after failures less often. At the start,
 * once an hour and at the end it notes the head outside the database. Where a link is gone or changed that this process
 * has seen, it says so and links no more: linking on would hide what was done.
 * @returns what ends it, once the step under way is over
 */
export function keepChain(): () => Promise<void> {
  const stopped = new AbortController();
  const running = keep(stopped.signal);
  return () => {
    stopped.abort();
    return running;
  };
}

async function keep(stopped: AbortSignal): Promise<void> {
  const keeper = new ChainKeeper();
  while (!stopped.aborted && !keeper.isBroken) {
    const ms = await keeper.step(new Date());
    if (ms > 0) await pause(ms, undefined, { signal: stopped }).catch(() => undefined);
  }
  if (!keeper.isBroken) await keeper.noteHead(new Date()).catch(() => undefined);
}

export class ChainKeeper {
  isBroken = false;
  #seen: ChainHead | null = null;
  #recentUntil: Date | null = null;
  #failures = 0;
  #walk: ThoroughWalk | null = null;
  #walkAt = 0;
  #walkFailures = 0;
  #notedAt = 0;

  /** Does what is next, and never throws. @returns for how many milliseconds to leave the log alone */
  async step(now: Date): Promise<number> {
    try {
      const more = await this.#linkRecent(now);
      this.#failures = 0;
      if (this.isBroken || more) return 0;
    } catch (error) {
      return this.#afterFailure(error);
    }
    return (await this.#walkOn(now)) ? BREATH_MS : EVERY_MS;
  }

  /** Notes the head where it is one that was not noted yet. */
  async noteHead(now: Date): Promise<void> {
    if (this.#seen) await noteHead(this.#seen, now);
  }

  /** @returns whether more entries wait already */
  async #linkRecent(now: Date): Promise<boolean> {
    if (this.#seen && !(await stillHas(this.#seen))) {
      this.isBroken = true;
      const seen = headText(this.#seen);
      log.error("the audit log was changed; it is not linked any further", undefined, { seen });
      return false;
    }
    // After failures it looks back to where they began.
    this.#recentUntil ??= now;
    const linked = await linkRecent(new Date(this.#recentUntil.getTime() - RECENT_MS));
    this.#seen = await chainHead();
    if (linked === RECENT) return true;
    this.#recentUntil = now;
    if (this.#seen && now.getTime() - this.#notedAt >= THOROUGH_MS) await this.#lookAtHeads(now);
    return false;
  }

  /** What was noted before must be there still; a log that was cut off while no worker ran is told once an hour. */
  async #lookAtHeads(now: Date): Promise<void> {
    this.#notedAt = now.getTime();
    try {
      const missing = await missingHead(await notedHeads());
      const noted = missing && headText(missing);
      if (noted)
        log.error("the audit log was cut off or changed: a noted head is gone", undefined, { noted });
      await this.noteHead(now);
    } catch (error) {
      log.error("the audit log's head could not be noted outside the database", error);
    }
  }

  #afterFailure(error: unknown): number {
    this.#failures += 1;
    if (this.#failures === 1) log.error("audit entries are not linked for now", error);
    return pauseAfter(this.#failures);
  }

  /** @returns whether a walk is under way */
  async #walkOn(now: Date): Promise<boolean> {
    if (now.getTime() < this.#walkAt) return false;
    this.#walk ??= new ThoroughWalk();
    try {
      const more = await this.#walk.step(now);
      this.#walkFailures = 0;
      if (more) return true;
      this.#walk = null;
      this.#walkAt = now.getTime() + THOROUGH_MS;
    } catch (error) {
      this.#walkFailures += 1;
      if (this.#walkFailures === 1) log.error("old audit entries are not looked through for now", error);
      this.#walkAt = now.getTime() + pauseAfter(this.#walkFailures);
    }
    return false;
  }
}
