import { HURRY } from "@/lib/env";
import { takesEvents } from "@/server/route";

/** What one connection may cost, as node:http takes it; times in milliseconds. */
export const CONNECTION_LIMITS = {
  /** All headers, from the first byte of a request. */
  headersTimeout: 10_000 / HURRY,
  /** A whole request, its body included. */
  requestTimeout: 15_000 / HURRY,
  /** How often those two are looked at; node's own is 30 s. */
  connectionsCheckingInterval: 1_000 / HURRY,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
};

/** A connection on which nothing moves for so long is closed: a reader who stopped reading keeps no answer in memory. */
export const SILENCE_MS = 30_000 / HURRY;

/** The largest form; the longest one that a person fills in is far smaller. */
export const MAX_BODY_BYTES = 64 * 1024;

/** A provider's event quotes a mail's headers. */
const MAX_EVENT_BYTES = 256 * 1024;

/** How many bytes may be posted to an address. */
export const bodyLimit = (target: string) => (takesEvents(target) ? MAX_EVENT_BYTES : MAX_BODY_BYTES);
