import { setTimeout as pause } from "node:timers/promises";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";

const EVERY_MS = 1_000;

/**
 * Lets held mails leave as soon as the limits allow, for as long as the process works; what fails is made up for by the
 * next time.
 * @returns what ends it, once the step under way is over
 */
export function keepReleasing(): () => Promise<void> {
  const stopped = new AbortController();
  const running = keep(stopped.signal);
  return () => {
    stopped.abort();
    return running;
  };
}

async function keep(stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    const left = await releaseHeldMails({ now: new Date() }).catch(() => 0);
    if (left === 0) await pause(EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
}
