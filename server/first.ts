import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { within } from "@/lib/http/deadline";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { commonHeaders, pagePolicy } from "@/server/headers";
import { type NextHandler, unavailable } from "@/server/render";

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Who comes at the very start waits so long, in milliseconds, before they are asked to come again. */
const PATIENCE_MS = 3_000;

/** Says that the process lives, and reads nothing of anybody. */
const HEALTH = /^\/api\/health(?:$|\?)/;

/**
 * Answers nothing before some work is done, but that the process lives.
 * @param work what comes first; its failure is the caller's business
 */
export function answerAfter(
  work: Promise<void>,
  answer: Answer,
  next: NextHandler,
  publicUrl: string,
): Answer {
  let done = false;
  const ended = work.then(() => {
    done = true;
  });
  ended.catch(() => undefined);
  return async (request, response) => {
    const isHealth = HEALTH.test(request.url ?? "");
    if (!done && !isHealth) await within(PATIENCE_MS, ended).catch(() => undefined);
    if (done || isHealth) return answer(request, response);
    await sayLater(next, publicUrl, request, response);
  };
}

async function sayLater(
  next: NextHandler,
  publicUrl: string,
  { url = "/", headers, method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const first = url.split(/[/?]/)[1] ?? "";
  const inLocale = first === "api" || isLocale(first) ? url : `/${DEFAULT_LOCALE}/`;
  const page = await unavailable(next, { url: inLocale, headers, method });
  response.writeHead(503, {
    ...commonHeaders(publicUrl),
    ...page.headers,
    "content-security-policy": pagePolicy(randomBytes(16).toString("base64")),
    "cache-control": "no-store",
    "content-length": page.body.length,
    "retry-after": "5",
    // What is left of a body that nobody reads would be taken for the next request.
    connection: "close",
  });
  response.end(method === "HEAD" ? undefined : page.body);
}
