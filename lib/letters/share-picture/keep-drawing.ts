import { setTimeout as pause } from "node:timers/promises";
import { pauseAfter } from "@/lib/jobs/rules";
import { drawDuePictures } from "@/lib/letters/share-picture/draw-due";
import { log } from "@/lib/ops/log/log";

/** A new count is in the picture within a minute; while a letter is being signed, it is drawn no more often than this. */
const EVERY_MS = 10_000;

/**
 * Draws the pictures of letters that have changed, for as long as the process works; after failures less often.
 * @returns what ends it, once the step under way is over
 */
export function keepDrawing(): () => Promise<void> {
  const stopped = new AbortController();
  const running = keep(stopped.signal);
  return () => {
    stopped.abort();
    return running;
  };
}

async function keep(stopped: AbortSignal): Promise<void> {
  for (let failures = 0; !stopped.aborted; ) {
    const ms = failures > 0 ? Math.max(EVERY_MS, pauseAfter(failures)) : EVERY_MS;
    await pause(ms, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    try {
      await drawDuePictures(new Date());
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === 1) log.error("pictures of letters are not drawn for now", error);
    }
  }
}
