import { setTimeout as pause } from "node:timers/promises";
import { headText } from "@/lib/audit/head-text";
import { linkRecent, RECENT } from "@/lib/audit/link-entries";
import { linkThoroughly } from "@/lib/audit/link-thoroughly";
import { type ChainHead, chainHead, stillHas } from "@/lib/audit/queries";
import { log } from "@/lib/log/log";

const EVERY_MS = 1_000;
/** Entries are committed within seconds of the time that they bear. */
const RECENT_MS = 120_000;
/** What is older is looked for at the start, and this often. */
const THOROUGH_MS = 3_600_000;

/**
 * Links the audit log's entries, every second for as long as the process works; a failure is made up for by the next
 * time. Once an hour the log tells the head, which is thus noted outside the database. Where a link is gone or changed that
 * this process has seen, it says so and links no more: linking on would hide what was done.
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
  const chain = new Chain();
  while (!stopped.aborted && !chain.isBroken) {
    const wholePage = await chain.step(new Date()).catch(() => false);
    if (!wholePage) await pause(EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
}

/** The chain as one process has seen it. */
class Chain {
  isBroken = false;
  #thoroughAt = 0;
  #seen: ChainHead | null = null;

  /** @returns whether more entries wait already */
  async step(now: Date): Promise<boolean> {
    if (this.#seen && !(await stillHas(this.#seen))) {
      this.isBroken = true;
      log.error("the audit log was changed; it is not linked any further", undefined, {
        seen: headText(this.#seen),
      });
      return false;
    }
    const thorough = now.getTime() - this.#thoroughAt >= THOROUGH_MS;
    const linked = await (thorough ? linkThoroughly(now) : linkRecent(new Date(now.getTime() - RECENT_MS)));
    this.#seen = await chainHead();
    if (thorough && this.#thoroughAt > 0 && this.#seen)
      log.info("audit head", { head: headText(this.#seen) });
    if (thorough) this.#thoroughAt = now.getTime();
    return linked === RECENT;
  }
}
