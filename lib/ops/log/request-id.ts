import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "@/lib/process-wide";

const current = processWide("request-id", () => new AsyncLocalStorage<string>());

/** Runs the answering of a request so that every line of the log carries its id. */
export function withRequestId<T>(id: string, run: () => T): T {
  return current.run(id, run);
}

export const requestId = (): string | undefined => current.getStore();
