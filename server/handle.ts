import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { networkReader } from "@/lib/http/client-address";
import type { RequestContext } from "@/lib/http/request-context";
import { log } from "@/lib/log/log";
import { withRequestId } from "@/lib/log/request-id";
import { readBody } from "@/server/body";
import type { NextHandler, Rendered } from "@/server/call-next";
import { sendDocument } from "@/server/documents";
import { commonHeaders, dropDistrusted, ENDPOINT_POLICY, pagePolicy, SCRIPT_POLICY } from "@/server/headers";
import { bodyLimit, MAX_BODY_BYTES } from "@/server/limits";
import { refusal } from "@/server/refuse";
import { refuseWith } from "@/server/refuse-with";
import { render, submitContext } from "@/server/render";
import { idReader } from "@/server/request-ids";
import { type Route, routeOf } from "@/server/route";
import { watch } from "@/server/watch";

/** What another site's script may do with the public JSON: read it, and ask whether it has changed. */
const PREFLIGHT = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "If-None-Match",
  "access-control-max-age": "86400",
};

/** What answers one request needs: who asks, from where, and where the answer goes. */
type Exchange = {
  next: NextHandler;
  from: RequestContext;
  request: IncomingMessage;
  response: ServerResponse;
};

/** Makes the function that answers every request in production. @param trustedProxies as in the environment */
export function requestHandler(next: NextHandler, publicUrl: string, trustedProxies: string[] = []) {
  const readNetwork = networkReader(trustedProxies, tellOnce());
  const readId = idReader(trustedProxies);
  const common = Object.entries(commonHeaders(publicUrl));
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const id = readId(request);
    for (const [name, value] of common) response.setHeader(name, value);
    response.setHeader("x-request-id", id);
    const network = readNetwork(request);
    // The visitor has hung up already, and no limit could count what is done for nobody.
    if (!network) return void request.socket.destroy();
    const from = { network };
    dropDistrusted(request.headers);
    const problem = refusal(request, publicUrl);
    const route = problem ? null : routeOf(request.method ?? "GET", request.url ?? "/");
    watch(request, response, id, route);
    if (!route) return refuseWith({ next, request, response }, problem ?? "unreadable");
    return withRequestId(id, () => answer({ next, from, request, response }, route));
  };
}

function tellOnce(): () => void {
  let told = false;
  return () => {
    if (!told)
      log.warn("a proxy that TRUSTED_PROXIES does not name: all of its clients count as one network");
    told = true;
  };
}

async function answer(exchange: Exchange, route: Route): Promise<void> {
  const { next, request, response } = exchange;
  switch (route.kind) {
    case "asset":
      response.setHeader("content-security-policy", assetPolicy(request.url));
      return next(request, response);
    case "not-allowed":
      return refuseWith(exchange, "no-form");
    case "refused":
      return refuseWith(exchange, route.refusal);
    case "redirect":
      response.setHeader("content-security-policy", ENDPOINT_POLICY);
      return void response.writeHead(308, { location: route.to }).end();
    case "document":
      return sendDocument(next, route.url, request, response);
    case "endpoint":
      return endpoint(exchange, route.url);
    case "page":
      return page(exchange, route);
    case "submit":
      return submit(exchange, route.url);
  }
}

const assetPolicy = (target = "") => (/\.js(?:\?|$)/.test(target) ? SCRIPT_POLICY : ENDPOINT_POLICY);

async function endpoint(exchange: Exchange, url: string): Promise<void> {
  const { next, from, request, response } = exchange;
  response.setHeader("content-security-policy", ENDPOINT_POLICY);
  response.setHeader("cache-control", "no-store");
  if (request.method === "OPTIONS") return void response.writeHead(204, PREFLIGHT).end();
  const { method, headers } = request;
  const body = method === "POST" ? await readBody(request, bodyLimit(url)) : undefined;
  if (body === null) return refuseWith(exchange, "too-large");
  send(await render(next, { method, url, headers, body }, from), request, response);
}

async function page(
  { next, from, request, response }: Exchange,
  { url, restorable }: { url: string; restorable: boolean },
): Promise<void> {
  const policy = pagePolicy(randomBytes(16).toString("base64"));
  const headers = { ...request.headers, "content-security-policy": policy };
  const rendered = await render(next, { url, headers }, from);
  const cacheControl = restorable ? "private, no-cache" : "private, no-store";
  send(withHeaders(rendered, policy, cacheControl), request, response);
}

async function submit(exchange: Exchange, url: string): Promise<void> {
  const { next, from, request, response } = exchange;
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body) return refuseWith(exchange, "too-large");
  const policy = pagePolicy(randomBytes(16).toString("base64"));
  const headers = { ...request.headers, "content-security-policy": policy };
  const context = submitContext(next, headers, from);
  const rendered = await render(next, { method: "POST", url, headers, body }, context);
  send(withHeaders(rendered, policy, "no-store"), request, response);
}

function withHeaders({ headers, ...rest }: Rendered, policy: string, cacheControl: string): Rendered {
  const own = { "content-security-policy": policy, "cache-control": cacheControl };
  return { ...rest, headers: { ...headers, ...own } };
}

function send(rendered: Rendered, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(rendered.headers)) response.setHeader(name, value);
  if (rendered.status === 503 && !response.hasHeader("retry-after")) response.setHeader("retry-after", "10");
  response.writeHead(rendered.status, { "content-length": rendered.body.length });
  response.end(request.method === "HEAD" ? undefined : rendered.body);
}
