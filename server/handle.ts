import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { networkReader } from "@/lib/http/client-address";
import { isOwnOrigin } from "@/lib/http/origin";
import { type RequestContext, requestContext } from "@/lib/http/request-context";
import { sendDocument } from "@/server/documents";
import { commonHeaders, dropDistrusted, ENDPOINT_POLICY, pagePolicy, SCRIPT_POLICY } from "@/server/headers";
import { type NextHandler, render, submitContext } from "@/server/render";
import { routeOf, takesEvents } from "@/server/route";

const MAX_BODY_BYTES = 64 * 1024;
const MAX_EVENT_BYTES = 256 * 1024;
const FORM_TYPES = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i;
const EVENT_TYPE = /^application\/json\s*(?:;|$)/i;
const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/** What another site's script may do with the public JSON: read it, and ask whether it has changed. */
const PREFLIGHT = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "If-None-Match",
  "access-control-max-age": "86400",
};

/** Makes the function that answers every request in production. @param trustedProxies as in the environment */
export function requestHandler(next: NextHandler, publicUrl: string, trustedProxies: string[] = []) {
  const readNetwork = networkReader(trustedProxies);
  const common = Object.entries(commonHeaders(publicUrl));
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of common) response.setHeader(name, value);
    const from = { network: readNetwork(request) };
    dropDistrusted(request.headers);
    const problem = refuse(request, publicUrl);
    if (problem) return refuseWith(request, response, problem);
    const method = request.method ?? "GET";
    const route = routeOf(method, request.url ?? "/");
    switch (route.kind) {
      case "asset":
        response.setHeader("content-security-policy", assetPolicy(request.url));
        return next(request, response);
      case "no-form":
        return refuseWith(request, response, 405);
      case "redirect":
        return void response.writeHead(308, { location: route.to }).end();
      case "document":
        return sendDocument(next, route.url, request, response);
      case "endpoint":
        return endpoint(next, from, request, response);
      case "page":
        return page(next, from, route, request, response);
      case "submit":
        return submit(next, from, route.url, request, response);
    }
  };
}

const assetPolicy = (target = "") => (/\.js(?:\?|$)/.test(target) ? SCRIPT_POLICY : ENDPOINT_POLICY);

/** A status of refusal, or null. */
function refuse(request: IncomingMessage, publicUrl: string): number | null {
  const { method = "GET", headers, url = "" } = request;
  if (!isReadable(url)) return 400;
  if (!METHODS.has(method)) return 405;
  if (method !== "POST") return null;
  const isEvent = takesEvents(url);
  if (!isEvent && !isOwnOrigin(headers.origin, publicUrl)) return 403;
  if (!(isEvent ? EVENT_TYPE : FORM_TYPES).test(headers["content-type"] ?? "")) return 415;
  if (headers["content-length"] === undefined) return 411;
  return Number(headers["content-length"]) > (isEvent ? MAX_EVENT_BYTES : MAX_BODY_BYTES) ? 413 : null;
}

/** A target that decodes, without control characters: neither Next nor the database takes those. */
function isReadable(target: string): boolean {
  if (!target.startsWith("/") || !URL.canParse(target, "http://localhost")) return false;
  const { pathname, searchParams } = new URL(target, "http://localhost");
  try {
    // The public JSON says itself, and as JSON, which parameter is wrong.
    const values = pathname.startsWith("/api/v1/") ? [] : searchParams.values();
    return !/\p{Cc}/u.test([decodeURIComponent(pathname), ...values].join(""));
  } catch {
    return false;
  }
}

function refuseWith(request: IncomingMessage, response: ServerResponse, status: number): void {
  // The rest of a body that nobody reads would be taken for the next request.
  response.writeHead(status, {
    "content-type": "text/plain",
    "cache-control": "no-store",
    connection: "close",
    ...(status === 405 ? { allow: "GET, HEAD" } : {}),
  });
  response.end(`${status}\n`);
  request.resume();
}

async function endpoint(
  next: NextHandler,
  from: RequestContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("content-security-policy", ENDPOINT_POLICY);
  response.setHeader("cache-control", "no-store");
  if (request.method === "OPTIONS") return void response.writeHead(204, PREFLIGHT).end();
  return requestContext.run(from, () => next(request, response));
}

async function page(
  next: NextHandler,
  from: RequestContext,
  { url, restorable }: { url: string; restorable: boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const policy = pagePolicy(randomBytes(16).toString("base64"));
  const rendered = await render(next, url, { ...request.headers, "content-security-policy": policy }, from);
  for (const [name, value] of Object.entries(rendered.headers)) response.setHeader(name, value);
  response.setHeader("content-security-policy", policy);
  response.setHeader("cache-control", restorable ? "private, no-cache" : "private, no-store");
  if (rendered.status === 503) response.setHeader("retry-after", "10");
  response.writeHead(rendered.status, { "content-length": rendered.body.length });
  response.end(request.method === "HEAD" ? undefined : rendered.body);
}

async function submit(
  next: NextHandler,
  from: RequestContext,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const policy = pagePolicy(randomBytes(16).toString("base64"));
  response.setHeader("content-security-policy", policy);
  response.setHeader("cache-control", "no-store");
  const headers = { ...request.headers, "content-security-policy": policy };
  request.url = url;
  return requestContext.run(submitContext(next, headers, from), () => next(request, response));
}
