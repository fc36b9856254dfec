import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { countVisit } from "@/lib/counts/statistics/visits";
import { env } from "@/lib/env";
import { wideNetwork } from "@/lib/http/client-address";
import { DeadlineError, left, within } from "@/lib/http/deadline";
import { type RequestContext, requestContext } from "@/lib/http/request-context";
import { mayBePublished } from "@/lib/letters/published";
import { log } from "@/lib/ops/log/log";
import { isLinkKnown } from "@/lib/signatures/behind-token";
import { assetOf } from "@/server/assets";
import { documentOf, keyOf, type Wanted } from "@/server/documents";
import { earlyFonts } from "@/server/early-fonts";
import { noteTarget } from "@/server/from-memory";
import { ENDPOINT_POLICY, FRAME_HEADER, framed, pagePolicy } from "@/server/headers";
import type { Asking } from "@/server/line";
import { LINES } from "@/server/lines";
import type { Match, Matcher } from "@/server/match";
import { passToNext, withBody } from "@/server/pass";
import { refuseWith } from "@/server/refuse-with";
import { type NextHandler, render, unavailable } from "@/server/render";
import { isKept, isSent, KINDS, type Method, type Route } from "@/server/routes";
import { cacheControl, send, sendDocument } from "@/server/send";

/** What answers one request needs: who asks, from where and since when, and where the answer goes. */
type Exchange = {
  next: NextHandler;
  match: Matcher;
  from: RequestContext & { arrivedAt: number };
  request: IncomingMessage;
  response: ServerResponse;
};

type Matched = Extract<Match, { is: "route" }>;

/** Answers a request that may be answered. Next is asked only for what exists, and only when its turn comes. */
export async function answer(exchange: Exchange, match: Match): Promise<void> {
  const { response } = exchange;
  switch (match.is) {
    case "asset":
      return asset(exchange);
    case "refused":
      return refuseWith(exchange, match.refusal, match.methods);
    case "redirect":
      response.setHeader("content-security-policy", ENDPOINT_POLICY);
      return void response.writeHead(308, { location: match.to }).end();
    case "preflight":
      return void response.writeHead(204, preflight(match.methods)).end();
    case "nothing":
      return document(exchange, { ...NOTHING, url: "/api/-/-" });
    case "route":
      return (await isOfNoLetter(match)) ? noLetter(exchange, match) : existing(exchange, match);
  }
}

/** What another site's script may do with the public JSON: read it, ask whether it has changed, and bring a key. */
function preflight(methods: readonly Method[]) {
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": [...new Set(["GET", "HEAD", ...methods])].join(", "),
    "access-control-allow-headers": "If-None-Match, Authorization, Content-Type",
    "access-control-max-age": "86400",
    "content-security-policy": ENDPOINT_POLICY,
    "cache-control": "no-store",
  };
}

/** Whether it is about a letter that nobody has published. */
async function isOfNoLetter({ route, parameters: { slug } }: Matched): Promise<boolean> {
  if (slug === undefined || route.access !== "everybody" || !route.methods.includes("GET")) return false;
  return !(await mayBePublished(slug));
}

/** What a program is told where there is nothing: kept once for all such addresses. */
const NOTHING = { ...KINDS.json, line: "shared", nothing: true } as const;

/** Says that there is nothing: to a person in words, to a program as the public JSON says it. No slug is a hyphen. */
function noLetter(exchange: Exchange, { route }: Matched): Promise<void> {
  if (!route.pattern.startsWith("/api/")) return refuseWith(exchange, "not-found");
  return document(exchange, { ...NOTHING, url: "/api/v1/letters/-" });
}

async function asset(exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const file = await assetOf(request.url ?? "");
  if (!file) return refuseWith(exchange, "not-found");
  noteTarget(request.url ?? "", file);
  sendDocument(file, request, response);
}

function existing(exchange: Exchange, { route, url, parameters }: Matched): Promise<void> {
  if (isKept(route)) return document(exchange, { ...route, url });
  return own(exchange, route, url, parameters);
}

async function document({ next, from, request, response }: Exchange, wanted: Wanted): Promise<void> {
  const made = await documentOf(next, wanted, asking(response, from));
  if (made.status === 200) noteTarget(request.url ?? "", keyOf(wanted.url));
  sendDocument(made, request, response);
  countVisit(request, response.statusCode, env().publicUrl);
}

function asking(response: ServerResponse, { network, arrivedAt }: Exchange["from"]): Asking {
  // One party may have all networks of an IPv6 /48.
  const party = network && (wideNetwork(network) ?? network);
  return { network: party, arrivedAt, connection: response };
}

/** Has Next answer one visitor, once it is their turn. */
async function own(
  exchange: Exchange,
  route: Route,
  url: string,
  parameters: Record<string, string>,
): Promise<void> {
  const { next, request, response } = exchange;
  const hasBody = route.body.bytes > 0 && request.method !== "GET" && request.method !== "HEAD";
  const body = hasBody && route.kind !== "upload" ? await readBody(request, route.body) : undefined;
  if (body === "too-slow") return void response.writeHead(408, { connection: "close" }).end();
  if (body === "too-large") return refuseWith(exchange, body);
  // A request has arrived when its body has.
  const from = body ? { ...exchange.from, arrivedAt: performance.now() } : exchange.from;
  const isForPeople = route.kind === "page" || isSent(route.kind);
  const policy = framed(
    isForPeople ? pagePolicy(randomBytes(16).toString("base64")) : ENDPOINT_POLICY,
    route.frame,
  );
  if (route.frame === "anybody") response.removeHeader(FRAME_HEADER);
  const isPublicPage = route.kind === "page" && (route.access === "everybody" || route.access === "link");
  const head = {
    "content-security-policy": policy,
    "cache-control": cacheControl(route.cache),
    ...(isPublicPage && earlyFonts(url)),
  };
  const headers = { ...request.headers, "content-security-policy": policy };
  for (const name of ["if-none-match", "expect"]) delete headers[name as "expect"];
  const call = { url, headers, method: request.method === "HEAD" ? "GET" : request.method };
  const known = route.access !== "link" || call.method !== "GET" || (await isKnown(parameters.token, from));
  const broken = route.pattern.startsWith("/objections/") ? "broken-report-link" : "broken-link";
  if (known === false) return refuseWith(exchange, broken);
  const work = async () => {
    const asked = body ? withBody(request, body) : request;
    const context = { ...contextOf(exchange, headers, from), headOnly: request.method === "HEAD" };
    const { deadline } = route;
    return passToNext(next, { request: asked, response, call, context, head, deadline });
  };
  const done = known !== null && (await LINES[route.line].run(asking(response, from), work));
  if (done || response.closed) return;
  const failed = await unavailable(next, { ...call, url });
  send({ ...failed, headers: { ...failed.headers, ...head } }, request, response);
}

/** How long the database may take to say whether it knows a link, from the request's arrival, in milliseconds. */
const LOOK_MS = 4_000;

/** Whether a link is one of ours; null where the database does not say so in time. */
const isKnown = (token = "", { arrivedAt }: Exchange["from"]) =>
  within(left(LOOK_MS, arrivedAt), isLinkKnown(token)).catch((error: unknown) => {
    log.error("a link could not be looked up", error);
    return null;
  });

/** What a request belongs to: where it comes from, and how to show a form again to the same visitor. */
export function contextOf(
  { next, match }: Pick<Exchange, "next" | "match">,
  headers: IncomingMessage["headers"],
  from: RequestContext,
): RequestContext {
  return {
    ...from,
    renderPage: async (path, form) => {
      const shown = match("GET", path);
      const url = shown.is === "route" ? shown.url : path;
      // What took a file in has its time from then on.
      const { arrivedAt = from.arrivedAt } = requestContext.getStore() ?? {};
      const { body, status } = await render(next, { url, headers }, { ...from, arrivedAt, form });
      return new Response(new Uint8Array(body), { status });
    },
  };
}

/** Reads a body whole before anybody looks at it, so that nothing is begun for a visitor whose connection breaks. */
async function readBody(request: IncomingMessage, { bytes, ms }: Route["body"]) {
  const gather = async () => {
    const parts: Buffer[] = [];
    let read = 0;
    for await (const part of request as AsyncIterable<Buffer>) {
      read += part.length;
      if (read > bytes) return "too-large";
      parts.push(part);
    }
    return Buffer.concat(parts);
  };
  return within(ms, gather()).catch((error) => (error instanceof DeadlineError ? "too-slow" : "too-large"));
}
