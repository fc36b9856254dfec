import { setTimeout as pause } from "node:timers/promises";
import { headText } from "@/lib/audit/head-text";
import { linkAll, linkRecent } from "@/lib/audit/link-entries";
import { chainHead } from "@/lib/audit/queries";
import { log } from "@/lib/log/log";

const EVERY_MS = 1_000;
/** Entries are committed within seconds of the time that they bear. */
const RECENT_MS = 120_000;
/** What is older is looked for at the start, and this often. */
const THOROUGH_MS = 3_600_000;

/**
 * Links the audit log's entries, every second for as long as the process works; a failure is made up for by the next
 * time. Once an hour the log tells the head, which is thus noted outside the database.
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
  let thoroughAt = 0;
  while (!stopped.aborted) {
    const now = Date.now();
    const thorough = now - thoroughAt >= THOROUGH_MS;
    const done = await (thorough ? linkAll() : linkRecent(new Date(now - RECENT_MS))).catch(() => null);
    if (thorough && done !== null) {
      if (thoroughAt > 0) await tellHead();
      thoroughAt = now;
    }
    await pause(EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
}

async function tellHead(): Promise<void> {
  const head = await chainHead().catch(() => null);
  if (head) log.info("audit head", { head: headText(head) });
}
