import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import inject from "light-my-request";
import { type RequestContext, requestContext } from "@/lib/http/request-context";
import { routeOf } from "@/server/route";

export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

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

// Next answers a failure with an empty document that only a script fills; this page of ours says what is the matter.
const FAILURE = "/unavailable";
const isPage = (headers: Record<string, unknown>) => String(headers["content-type"]).startsWith("text/html");

/**
 * Renders through Next inside the process and waits for the whole.
 * @param url path and query as Next knows them
 * @param headers of the request; Next takes the nonce from its Content-Security-Policy
 */
export async function render(
  handle: NextHandler,
  url: string,
  headers: IncomingHttpHeaders,
  context: RequestContext,
): Promise<Rendered> {
  const plain: IncomingHttpHeaders = { ...headers, "accept-encoding": "identity" };
  for (const name of ["content-length", "content-type", "if-none-match"]) delete plain[name];
  const dispatch = (request: unknown, response: unknown) =>
    handle(request as IncomingMessage, response as ServerResponse);
  const request = { method: "GET", url, headers: plain as Record<string, string> } as const;
  // Awaited inside: inject starts when it is awaited, and what it renders must find this context.
  const answer = await requestContext.run(context, async () => await inject(dispatch, request));
  if (answer.statusCode >= 500 && isPage(answer.headers) && !url.endsWith(FAILURE)) {
    return render(handle, `/${url.split(/[/?]/)[1]}${FAILURE}`, headers, {});
  }
  const kept = Object.entries(answer.headers).filter(([name]) => !NOT_KEPT.has(name));
  return {
    status: answer.statusCode === 200 ? (context.status ?? 200) : answer.statusCode,
    headers: Object.fromEntries(kept) as Rendered["headers"],
    body: answer.rawPayload,
  };
}

/** The context of a form's request: where it comes from, and how to show its page again to the same visitor. */
export function submitContext(
  handle: NextHandler,
  headers: IncomingHttpHeaders,
  from: RequestContext,
): RequestContext {
  return {
    ...from,
    renderPage: async (path, form) => {
      const route = routeOf("GET", path);
      const { body, status } = await render(handle, "url" in route ? route.url : path, headers, {
        ...from,
        form,
      });
      return new Response(new Uint8Array(body), { status });
    },
  };
}

/**
 * Takes every script out of a page. React escapes `</script` inside scripts and `<` in text and attributes, and the
 * letter's HTML has no attribute but addresses, so that a script tag is a script's and the next closing tag its own.
 */
export function withoutScripts(html: string): string {
  return html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, "")
    .replace(/<link\b(?=[^>]*\bas="script")[^>]*>/g, "");
}
