import { collectDefaultMetrics, Registry } from "prom-client";

// The server and Next's bundles load this file apart from each other; they must share one registry.
const slot = Symbol.for("undersigned.metrics");
const shared = globalThis as { [slot]?: Registry };

/** What this process counts about itself. */
export function registry(): Registry {
  if (shared[slot]) return shared[slot];
  const made = new Registry();
  collectDefaultMetrics({ register: made });
  shared[slot] = made;
  return made;
}
