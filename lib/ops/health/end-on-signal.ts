import { HURRY } from "@/lib/env";
import type { Facts } from "@/lib/ops/log/facts";
import { log } from "@/lib/ops/log/log";

/** How long a process may finish what it has begun; longer than any request may last. */
const GRACE_MS = 20_000 / HURRY;

/**
 * Ends the process on SIGTERM and SIGINT, once what it has begun is finished, or after 20 s: a frozen database closes no
 * connection. Asked twice, it ends once.
 */
export function endOnSignal(finish: () => Promise<void>, left: () => Facts = () => ({})): void {
  let stopping = false;
  const end = (event: string) => {
    log.info(event, left());
    process.exit(0);
  };
  const stop = () => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", left());
    setTimeout(() => end("stopped unfinished"), GRACE_MS);
    finish()
      .catch((error: unknown) => log.error("stopping failed", error))
      .finally(() => end("stopped"));
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}
