import { log } from "@/lib/log/log";

/** How many hosts are remembered: whoever makes them up cannot fill the memory or the log. */
const MOST = 20;
const HOUR_MS = 3_600_000;
/** For how long the overview tells of a host. */
const TOLD_MS = 24 * HOUR_MS;
const HOST = /^[a-z0-9.:[\]-]{1,255}$/i;

// The server and Next's bundles load this file apart from each other; they must share what was seen.
const slot = Symbol.for("undersigned.other-addresses");
const shared = globalThis as { [slot]?: Map<string, { loggedAt: number; seenAt: number }> };
shared[slot] ??= new Map();
const seen = shared[slot];

/**
 * Notes that a form was sent from this site at an address that is not its own, where no form works: a line in the log
 * once an hour for each host, and a line in the overview of this process for a day.
 * @param host as the browser asked for it
 */
export function noteOtherAddress(host: string | undefined, now: Date): void {
  if (!host || !HOST.test(host)) return;
  const name = host.toLowerCase();
  const at = now.getTime();
  for (const [other, { seenAt }] of seen) if (at - seenAt >= TOLD_MS) seen.delete(other);
  const known = seen.get(name);
  if (!known && seen.size >= MOST) return;
  const isDue = !known || at - known.loggedAt >= HOUR_MS;
  seen.set(name, { loggedAt: isDue ? at : known.loggedAt, seenAt: at });
  if (isDue)
    log.warn("a form was sent from another address than PUBLIC_URL, where none works", { host: name });
}

/** The hosts at which somebody has opened this site during the last day, as far as this process knows. */
export function otherAddresses(now: Date): string[] {
  const since = now.getTime() - TOLD_MS;
  return [...seen].flatMap(([host, { seenAt }]) => (seenAt > since ? [host] : []));
}
