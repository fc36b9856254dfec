import { BOUNDS } from "@/lib/cache/bounds";
import { log } from "@/lib/ops/log/log";
import { processWide } from "@/lib/process-wide";

// Anyone who makes hosts up cannot fill the memory or the log.
const MOST = BOUNDS["lib/http/other-addresses.ts #seen"].entries;
const HOUR_MS = 3_600_000;
/** For how long the overview tells of a host. */
const TOLD_MS = 24 * HOUR_MS;
const HOST = /^[a-z0-9.:[\]-]{1,255}$/i;

class OtherAddresses {
  readonly #seen = new Map<string, { loggedAt: number; seenAt: number }>();

  note(host: string, at: number): void {
    for (const [other, { seenAt }] of this.#seen) if (at - seenAt >= TOLD_MS) this.#seen.delete(other);
    const known = this.#seen.get(host);
    if (!known && this.#seen.size >= MOST) return;
    const isDue = !known || at - known.loggedAt >= HOUR_MS;
    this.#seen.set(host, { loggedAt: isDue ? at : known.loggedAt, seenAt: at });
    if (isDue)
      log.warn("someone sent a form from another address than PUBLIC_URL, where forms do not work", { host });
  }

  since(time: number): string[] {
    return [...this.#seen].flatMap(([host, { seenAt }]) => (seenAt > time ? [host] : []));
  }
}

const addresses = processWide("other-addresses", () => new OtherAddresses());

/**
 * Notes that a form was sent from this site at an address that is not its own, where no form works: a line in the log
 * once an hour for each host, and a line in the overview of this process for a day.
 * @param host as the browser asked for it
 */
export function noteOtherAddress(host: string | undefined, now: Date): void {
  if (host && HOST.test(host)) addresses.note(host.toLowerCase(), now.getTime());
}

/** The hosts at which somebody has opened this site during the last day, as far as this process knows. */
export function otherAddresses(now: Date): string[] {
  return addresses.since(now.getTime() - TOLD_MS);
}
