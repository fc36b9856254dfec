import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { wideNetwork } from "@/lib/http/client-address";
import { left, within } from "@/lib/http/deadline";
import type { RequestContext } from "@/lib/http/request-context";
import { log } from "@/lib/ops/log/log";
import { isLinkKnown } from "@/lib/signatures/behind-token";
import { assetOf } from "@/server/assets";
import { readBody } from "@/server/body";
import type { Call, NextHandler, Rendered } from "@/server/call-next";
import { documentOf, type Wanted } from "@/server/documents";
import { ENDPOINT_POLICY, pagePolicy } from "@/server/headers";
import { bodyLimit, MAX_BODY_BYTES } from "@/server/limits";
import type { Asking } from "@/server/line";
import { LINES, type LineName } from "@/server/lines";
import { isNowhere, isOfNoLetter, nothingAt } from "@/server/nothing";
import { refuseWith } from "@/server/refuse-with";
import { render, submitContext, unavailable } from "@/server/render";
import { type Route, takesEvents } from "@/server/route";
import { send, sendDocument } from "@/server/send";

/** What another site's script may do with the public JSON: read it, and ask whether it has changed. */
const PREFLIGHT = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "If-None-Match",
  "access-control-max-age": "86400",
};

/** What answers one request needs: who asks, from where and since when, and where the answer goes. */
export type Exchange = {
  next: NextHandler;
  from: RequestContext & { arrivedAt: number };
  request: IncomingMessage;
  response: ServerResponse;
};

/** Answers a request that may be answered. Next is asked only for what exists, and only when its turn comes. */
export async function answer(exchange: Exchange, route: Route): Promise<void> {
  const { response } = exchange;
  switch (route.kind) {
    case "asset":
      return asset(exchange);
    case "not-allowed":
      return refuseWith(exchange, "no-form");
    case "refused":
      return refuseWith(exchange, route.refusal);
    case "redirect":
      response.setHeader("content-security-policy", ENDPOINT_POLICY);
      return void response.writeHead(308, { location: route.to }).end();
    case "submit":
      return submit(exchange, route.url);
    case "endpoint":
      return endpoint(exchange, route.url);
    default:
      return (await isOfNoLetter(route.url)) ? nothing(exchange, route.url) : page(exchange, route);
  }
}

function page(
  exchange: Exchange,
  route: Exclude<Route, { kind: "asset" | "not-allowed" | "refused" | "redirect" }>,
) {
  const { url } = route;
  switch (route.kind) {
    case "document":
      return document(exchange, { url, line: route.line });
    case "kept": {
      const cacheControl = route.restorable ? "private, no-cache" : "private, no-store";
      return document(exchange, { url, line: "shared", scripts: route.scripts }, cacheControl);
    }
    case "link":
      return link(exchange, route);
    default:
      return isNowhere(url) ? nothing(exchange, url) : own(exchange, url);
  }
}

function asking({ from: { network, arrivedAt }, response }: Exchange): Asking {
  // One party may have all networks of an IPv6 /48.
  const party = network && (wideNetwork(network) ?? network);
  return { network: party, arrivedAt, connection: response };
}

async function document(exchange: Exchange, wanted: Wanted, cacheControl?: string): Promise<void> {
  const made = await documentOf(exchange.next, wanted, asking(exchange));
  sendDocument(made, exchange.request, exchange.response, cacheControl);
}

/** Says that there is nothing: to a person in words, to a program as the public JSON says it. */
function nothing(exchange: Exchange, url: string): Promise<void> {
  if (!url.startsWith("/api/")) return refuseWith(exchange, "not-found");
  return document(exchange, { url: nothingAt(url), line: "shared", nothing: true });
}

async function asset(exchange: Exchange): Promise<void> {
  const file = await assetOf(exchange.request.url ?? "");
  if (!file) return refuseWith(exchange, "not-found");
  sendDocument(file, exchange.request, exchange.response, "public, max-age=31536000, immutable");
}

/** Has Next make an answer for one visitor, once it is their turn. */
async function inTurn(
  exchange: Exchange,
  line: LineName,
  call: Call,
  context: RequestContext = exchange.from,
): Promise<Rendered> {
  const { next } = exchange;
  const made = await LINES[line].run(asking(exchange), () => render(next, call, context));
  return made ?? unavailable(next, call);
}

async function endpoint(exchange: Exchange, url: string): Promise<void> {
  const { request, response } = exchange;
  response.setHeader("content-security-policy", ENDPOINT_POLICY);
  response.setHeader("cache-control", "no-store");
  if (request.method === "OPTIONS") return void response.writeHead(204, PREFLIGHT).end();
  if (isNowhere(url) || (await isOfNoLetter(url))) return nothing(exchange, url);
  const isPost = request.method === "POST";
  if (isPost !== takesEvents(url)) return refuseWith(exchange, "no-form");
  const body = isPost ? await readBody(request, bodyLimit(url)) : undefined;
  if (body === null) return refuseWith(exchange, "too-large");
  const { method, headers } = request;
  const line = /^\/api\/(?:health|ready|metrics)\b/.test(url) ? "operations" : "endpoint";
  send(await inTurn(arrivedNow(exchange), line, { method, url, headers, body }), request, response);
}

/** A request has arrived when its body has. */
function arrivedNow(exchange: Exchange): Exchange {
  return { ...exchange, from: { ...exchange.from, arrivedAt: performance.now() } };
}

/** A page that shows what is somebody's own. */
async function own(exchange: Exchange, url: string): Promise<void> {
  const { request, response } = exchange;
  const { call, policy } = withNonce(request, url);
  const rendered = await inTurn(exchange, "page", call);
  send(withHeaders(rendered, policy, "private, no-store"), request, response);
}

/** The page of a mailed link. What nobody was mailed is found out before Next is asked. */
async function link(exchange: Exchange, { url, token }: Extract<Route, { kind: "link" }>) {
  const { next, from, request, response } = exchange;
  const { call, policy } = withNonce(request, url);
  const made = await LINES.link
    .run(asking(exchange), async () => {
      const known = await within(left(LOOK_MS, from.arrivedAt), isLinkKnown(token));
      return known ? render(next, call, from) : UNKNOWN;
    })
    .catch((error) => {
      log.error("a link could not be looked up", error);
      return null;
    });
  if (made === UNKNOWN) return refuseWith(exchange, "broken-link");
  const rendered = made ?? (await unavailable(next, call));
  send(withHeaders(rendered, policy, "private, no-store"), request, response);
}

const UNKNOWN = Symbol("unknown");
/** How long the database may take to say whether it knows a link, from the request's arrival, in milliseconds. */
const LOOK_MS = 4_000;

async function submit(exchange: Exchange, url: string): Promise<void> {
  const { next, request, response } = exchange;
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body) return refuseWith(exchange, "too-large");
  const whole = arrivedNow(exchange);
  const { call, policy } = withNonce(request, url);
  const context = submitContext(next, call.headers, whole.from);
  const rendered = await inTurn(whole, "submission", { ...call, method: "POST", body }, context);
  send(withHeaders(rendered, policy, "no-store"), request, response);
}

function withNonce({ headers }: IncomingMessage, url: string) {
  const policy = pagePolicy(randomBytes(16).toString("base64"));
  return { policy, call: { url, headers: { ...headers, "content-security-policy": policy } } };
}

function withHeaders({ headers, ...rest }: Rendered, policy: string, cacheControl: string): Rendered {
  const own = { "content-security-policy": policy, "cache-control": cacheControl };
  return { ...rest, headers: { ...headers, ...own } };
}
