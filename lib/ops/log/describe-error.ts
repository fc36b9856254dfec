import type { Facts } from "@/lib/ops/log/facts";
import { property, textProperty } from "@/lib/property";

const CODE = /^[\w-]{1,60}$/;
const FRAME = /^ {4}at (?:async )?(?:[\w$.<>[\]# ]{1,100} \()?((?:node:|file:|\/)[^\s()]{1,300}:\d+:\d+)\)?$/;
const MOST_FRAMES = 4;

/**
 * What may be said of a failure: its name, the codes along its causes, and the places in the program. Never its
 * message, which could quote what somebody typed (PostgreSQL's and Prisma's do).
 */
export function describeError(error: unknown): Facts {
  return {
    error: codeIn(error, "name") ?? "unknown",
    code: codesOf(error).join(" < ") || undefined,
    at: framesOf(error).join(" < ") || undefined,
  };
}

function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 4) return [];
  const own = ["code", "originalCode", "kind"].flatMap((name) => codeIn(error, name) ?? []);
  const inner = property(error, "cause") ?? property(property(error, "meta"), "driverAdapterError");
  return [...own, ...codesOf(inner, depth + 1)];
}

function codeIn(error: unknown, name: string): string | undefined {
  const text = textProperty(error, name);
  return text !== undefined && CODE.test(text) ? text : undefined;
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
