import { AsyncLocalStorage } from "node:async_hooks";

// The server and Next's bundles load this file apart from each other; they must share one id.
const slot = Symbol.for("undersigned.request-id");
const shared = globalThis as { [slot]?: AsyncLocalStorage<string> };

shared[slot] ??= new AsyncLocalStorage();
const current: AsyncLocalStorage<string> = shared[slot];

/** Runs the answering of a request so that every line of the log carries its id. */
export function withRequestId<T>(id: string, run: () => T): T {
  return current.run(id, run);
}

/** The id of the request that is being answered. */
export const requestId = (): string | undefined => current.getStore();
