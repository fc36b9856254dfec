import type { Facts } from "@/lib/ops/log/facts";

const CODE = /^[\w-]{1,60}$/;
const FRAME = /^ {4}at (?:async )?(?:[\w$.<>[\]# ]{1,100} \()?((?:node:|file:|\/)[^\s()]{1,300}:\d+:\d+)\)?$/;
const MOST_FRAMES = 4;

/**
 * What may be said of a failure: its name, the codes along its causes, and the places in the program. Never its
 * message, which could quote what somebody typed (PostgreSQL's and Prisma's do).
 */
export function describeError(error: unknown): Facts {
  const { name } = (error ?? {}) as { name?: unknown };
  return {
    error: typeof name === "string" && CODE.test(name) ? name : "unknown",
    code: codesOf(error).join(" < ") || undefined,
    at: framesOf(error).join(" < ") || undefined,
  };
}

function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 4) return [];
  const { code, originalCode, kind, cause, meta } = error as Record<string, unknown>;
  const inner = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  const own = [code, originalCode, kind].filter((one) => typeof one === "string" && CODE.test(one));
  return [...(own as string[]), ...codesOf(cause ?? inner, depth + 1)];
}

function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || !error.stack) return [];
  const from = error.stack.startsWith(`${error.name}: ${error.message}`)
    ? error.name.length + 2 + error.message.length
    : 0;
  // Without the message in front, its end is not known: a message of several lines could look like places.
  if (from === 0 && error.message.includes("\n")) return [];
  const places = error.stack
    .slice(from)
    .split("\n")
    .flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  return places.slice(0, MOST_FRAMES).map((place) => place.split("/").slice(-3).join("/"));
}
