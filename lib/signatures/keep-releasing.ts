import { setTimeout as pause } from "node:timers/promises";
import { pauseAfter } from "@/lib/jobs/rules";
import { log } from "@/lib/ops/log/log";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";

const EVERY_MS = 1_000;

/**
 * Lets held mails leave as soon as the limits allow, for as long as the process works; after failures less often.
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
  let failures = 0;
  while (!stopped.aborted) {
    let ms = EVERY_MS;
    try {
      if ((await releaseHeldMails({ now: new Date() })) > 0) ms = 0;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === 1) log.error("held emails are not sent for now", error);
      ms = pauseAfter(failures);
    }
    if (ms > 0) await pause(ms, undefined, { signal: stopped }).catch(() => undefined);
  }
}
