import { HURRY } from "@/lib/env";
import { ROUTES } from "@/server/routes";

/** What one connection may cost, as node:http takes it; times in milliseconds. */
export const CONNECTION_LIMITS = {
  /** All headers, from the first byte of a request. */
  headersTimeout: 10_000 / HURRY,
  /** A whole request: as long as the slowest of the routes allows, each of which watches its own. */
  requestTimeout: Math.max(...ROUTES.map(({ body }) => body.ms)),
  /** How often those two are looked at; node's own is 30 s. */
  connectionsCheckingInterval: 1_000 / HURRY,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
};

/** A connection on which nothing moves for so long is closed: a reader who stopped reading keeps no answer in memory. */
export const SILENCE_MS = 30_000 / HURRY;
