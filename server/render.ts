import type { IncomingHttpHeaders } from "node:http";
import { exactCopy } from "@/lib/cache/exact-copy";
import type { RequestContext } from "@/lib/http/request-context";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { type Call, callNext, type NextHandler, type Rendered } from "@/server/call-next";
import { routeOf } from "@/server/route";
import { withoutScripts } from "@/server/scripts";

/** The page that says that there is none for now. It reads nothing, so it works when nothing else does. */
const FAILURE = "/unavailable";

/**
 * Makes a page or an answer through Next; where that fails or takes too long, one of ours that says so, with 503.
 * @param call path and query as Next knows them; Next takes the nonce from its Content-Security-Policy
 */
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

const failurePages = new Map<string, Rendered>();

/**
 * The page that says that there is none for now, kept without scripts: when everything fails at once, it must cost
 * nothing. The server asks for it at its start.
 */
export async function failurePage(handle: NextHandler, locale: string): Promise<Rendered> {
  const known = failurePages.get(locale);
  if (known) return known;
  const made = await callNext(handle, { url: `/${locale}${FAILURE}`, headers: {} }, {});
  if (!made) return { status: 503, headers: {}, body: Buffer.from("503\n") };
  const page = { ...made, body: exactCopy(Buffer.from(withoutScripts(made.body.toString("utf8")))) };
  if (isLocale(locale)) failurePages.set(locale, page);
  return page;
}

function json(body: unknown): Rendered {
  const headers = { "content-type": "application/json" };
  return { status: 503, headers, body: Buffer.from(JSON.stringify(body)) };
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
      const url = "url" in route ? route.url : path;
      const { body, status } = await render(handle, { url, headers }, { ...from, form });
      return new Response(new Uint8Array(body), { status });
    },
  };
}
