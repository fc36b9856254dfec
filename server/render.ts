import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import inject from "light-my-request";
import { exactCopy } from "@/lib/cache/exact-copy";
import { ANSWER_MS, left, within } from "@/lib/http/deadline";
import { type RequestContext, requestContext } from "@/lib/http/request-context";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { log } from "@/lib/ops/log/log";
import { countRendered } from "@/lib/ops/metrics/rendering";
import { withoutScripts } from "@/server/scripts";

export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What Next is asked: path and query as Next knows them. Next takes the nonce from its Content-Security-Policy. */
export type Call = { method?: string; url: string; headers: IncomingHttpHeaders; body?: string };

/** A page or answer as Next made it, whole. */
export type Rendered = { status: number; headers: Record<string, string | string[]>; body: Buffer };

/** Those of the hop, and those that the server decides itself. */
const NOT_KEPT = new Set(
  "connection keep-alive transfer-encoding content-length date cache-control link".split(" "),
);

/**
 * Asks Next inside the process and waits for the whole answer.
 * @param visited whether somebody waits for it: at the start, a page that is late is made again later and troubles nobody
 * @returns null when there is none in time, or none but an unforeseen failure
 */
export async function callNext(
  handle: NextHandler,
  { method = "GET", url, headers, body }: Call,
  context: RequestContext,
  { visited = true } = {},
): Promise<Rendered | null> {
  countRendered();
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_BODY.test(name)));
  const sent = { ...own, ...(body === undefined ? {} : { "content-type": FORM_TYPE }) };
  const call = { method: method as "GET", url, headers: sent as Record<string, string>, payload: body };
  // Awaited inside: inject starts when it is awaited, and what it renders must find this context.
  const asked = requestContext.run(context, async () => await inject(dispatcher(handle), call));
  const answer = await within(left(ANSWER_MS, context.arrivedAt), asked).catch((error) => {
    if (visited) log.error("there was no answer in time", error);
    else log.info("a page was not ready in time for the first visitor");
    return null;
  });
  if (!answer || isFailure(answer.statusCode)) return null;
  const kept = Object.entries(answer.headers).filter(([name]) => !NOT_KEPT.has(name));
  return {
    status: statusOf(answer.statusCode, context),
    headers: Object.fromEntries(kept) as Rendered["headers"],
    body: answer.rawPayload,
  };
}

const FORM_TYPE = "application/x-www-form-urlencoded";
const OF_BODY = /^(?:content-(?:length|type)|transfer-encoding|expect|if-none-match)$/;

/** What was not foreseen: one of our answers says that there is none for now. */
export const isFailure = (status: number) => status >= 500 && status !== 503;

/** The status of a page that is not 200 is set while it is rendered. */
export const statusOf = (status: number, { status: own }: RequestContext) =>
  status === 200 ? (own ?? 200) : status;

/** What Next throws becomes a failed answer, rather than the end of the process. */
function dispatcher(handle: NextHandler) {
  return (request: unknown, response: unknown) => {
    const answer = response as ServerResponse;
    handle(request as IncomingMessage, answer).catch((error: unknown) => {
      log.error("a request failed", error);
      if (!answer.headersSent) answer.writeHead(500);
      answer.end();
    });
  };
}

/** Makes a page through Next; where that fails or takes too long, one of ours that says so, with 503. */
export async function render(handle: NextHandler, call: Call, context: RequestContext): Promise<Rendered> {
  return (await callNext(handle, call, context)) ?? (await unavailable(handle, call));
}

/** The answer in place of one that could not be made: in the form that was asked for, with 503. */
export async function unavailable(handle: NextHandler, { url, headers, method }: Call): Promise<Rendered> {
  if (url.startsWith("/api/")) return json({ error: { code: "unavailable", message: "Try again soon." } });
  if (method === "POST" && headers.accept?.includes("application/json"))
    return json({ errors: { "": ["server"] } });
  return failurePage(handle, url.split(/[/?]/)[1] ?? DEFAULT_LOCALE);
}

/** The page that says that there is none for now. It reads nothing, so it works when nothing else does. */
const FAILURE = "/unavailable";

const failurePages = new Map<string, Rendered>();

/**
 * The page that says that there is none for now, kept without scripts: when everything fails at once, it must cost
 * nothing. The server asks for it at its start.
 */
export async function failurePage(
  handle: NextHandler,
  locale: string,
  visit?: { visited: boolean },
): Promise<Rendered> {
  const known = failurePages.get(locale);
  if (known) return known;
  const made = await callNext(handle, { url: `/${locale}${FAILURE}`, headers: {} }, {}, visit);
  if (!made) return { status: 503, headers: {}, body: Buffer.from("503\n") };
  const page = { ...made, body: exactCopy(Buffer.from(withoutScripts(made.body.toString("utf8")))) };
  if (isLocale(locale)) failurePages.set(locale, page);
  return page;
}

function json(body: unknown): Rendered {
  const headers = { "content-type": "application/json" };
  return { status: 503, headers, body: Buffer.from(JSON.stringify(body)) };
}
