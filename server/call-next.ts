import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import inject from "light-my-request";
import { ANSWER_MS, left, within } from "@/lib/http/deadline";
import { type RequestContext, requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/ops/log/log";
import { countRendered } from "@/lib/ops/metrics/rendering";

export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request as Next is asked it: path and query as Next knows them, and a body that has arrived whole. */
export type Call = { method?: string; url: string; headers: IncomingHttpHeaders; body?: Buffer };

/** A page or answer as Next made it, whole. */
export type Rendered = { status: number; headers: Record<string, string | string[]>; body: Buffer };

// Those of the hop, and those that the server decides itself.
const NOT_KEPT = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "date",
  "cache-control",
  "link",
]);

/**
 * Asks Next inside the process and waits for the whole answer.
 * @returns null when there is none in time, or none but an unforeseen failure
 */
export async function callNext(
  handle: NextHandler,
  call: Call,
  context: RequestContext,
): Promise<Rendered | null> {
  countRendered();
  // Awaited inside: inject starts when it is awaited, and what it renders must find this context.
  const asked = requestContext.run(context, async () => await inject(dispatcher(handle), request(call)));
  const answer = await within(left(ANSWER_MS, context.arrivedAt), asked).catch((error) => {
    log.error("there was no answer in time", error);
    return null;
  });
  if (!answer || (answer.statusCode >= 500 && answer.statusCode !== 503)) return null;
  const kept = Object.entries(answer.headers).filter(([name]) => !NOT_KEPT.has(name));
  return {
    status: answer.statusCode === 200 ? (context.status ?? 200) : answer.statusCode,
    headers: Object.fromEntries(kept) as Rendered["headers"],
    body: answer.rawPayload,
  };
}

function request({ method = "GET", url, headers, body }: Call) {
  const plain: IncomingHttpHeaders = { ...headers, "accept-encoding": "identity" };
  for (const name of ["if-none-match", "expect", "transfer-encoding"]) delete plain[name];
  if (!body) for (const name of ["content-length", "content-type"]) delete plain[name];
  return {
    method: method === "POST" ? "POST" : "GET",
    url,
    headers: plain as Record<string, string>,
    ...(body ? { payload: body } : {}),
  } as const;
}

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
