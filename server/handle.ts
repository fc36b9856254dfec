import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import proxyAddress from "proxy-addr";
import { networkReader, wideNetwork } from "@/lib/http/client-address";
import { log } from "@/lib/ops/log/log";
import { withRequestId } from "@/lib/ops/log/request-id";
import { countAnswer } from "@/lib/ops/metrics/answers";
import { answer } from "@/server/answer";
import { commonHeaders, dropDistrusted } from "@/server/headers";
import { type Match, matcher } from "@/server/match";
import { admit } from "@/server/refuse";
import type { NextHandler } from "@/server/render";
import { folderOf, ROUTES, type Route } from "@/server/routes";
import { inTurns } from "@/server/turns";

/**
 * Makes the function that answers every request in production that has not been answered from memory.
 * @param trustedProxies as in the environment
 */
export function requestHandler(
  next: NextHandler,
  publicUrl: string,
  trustedProxies: string[] = [],
  table: readonly Route[] = ROUTES,
) {
  const readNetwork = networkReader(trustedProxies, tellOnce());
  const readId = idReader(trustedProxies);
  const match = matcher(table);
  const common = Object.entries(commonHeaders(publicUrl));
  const inTurn = inTurns();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrivedAt = performance.now();
    const network = readNetwork(request);
    // The visitor has hung up already, and no limit could count what is done for nobody.
    if (!network) return void request.socket.destroy();
    // As little as can be comes before the turn. One party may have all networks of an IPv6 /48.
    await new Promise<void>((begin) => inTurn(wideNetwork(network) ?? network, begin));
    if (response.closed) return;
    const id = readId(request);
    for (const [name, value] of common) response.setHeader(name, value);
    response.setHeader("x-request-id", id);
    dropDistrusted(request.headers);
    const found = admit(request, publicUrl, match);
    watch(request, response, { id, found, arrivedAt });
    const exchange = { next, match, from: { network, arrivedAt }, request, response };
    return withRequestId(id, () => answer(exchange, found));
  };
}

/**
 * Writes a line and counts once an answer is over: which kind of route, its pattern (an address itself may hold a token
 * or a name), status, and time since it arrived in milliseconds.
 */
function watch(
  { method }: IncomingMessage,
  response: ServerResponse,
  { id, found, arrivedAt }: { id: string; found: Match; arrivedAt: number },
): void {
  response.once("close", () => {
    const ms = performance.now() - arrivedAt;
    const kind = found.is === "route" ? found.route.kind : found.is;
    const route = found.is === "route" ? folderOf(found.route) : kind;
    const { statusCode: status, writableFinished } = response;
    countAnswer(kind, status, ms);
    // Somebody who left before the answer was there.
    const left = writableFinished ? undefined : true;
    withRequestId(id, () => log.info("request", { method, kind, route, status, ms: Math.round(ms), left }));
  });
}

/** What another's id may look like, so that it can be written into a log and a header. */
const READABLE = /^[\w.-]{8,64}$/;

/**
 * Makes the function that names a request, so that a person's report, a proxy's log and ours can be put together. Only a
 * proxy that is trusted brings a name of its own; anybody else's gets a new one.
 * @param trusted addresses and CIDR ranges of proxies, or `loopback`, `linklocal`, `uniquelocal`
 */
export function idReader(trusted: string[]): (request: IncomingMessage) => string {
  const trust = trusted.length > 0 ? proxyAddress.compile(trusted) : () => false;
  return ({ headers, socket }) => {
    const given = headers["x-request-id"];
    const known = typeof given === "string" && READABLE.test(given) && trust(socket.remoteAddress ?? "", 0);
    return known ? given : randomUUID();
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
