import type { IncomingMessage, ServerResponse } from "node:http";
import { networkReader } from "@/lib/http/client-address";
import { requestContext } from "@/lib/http/request-context";
import { contextOf } from "@/server/answer";
import { matcher } from "@/server/match";
import { refuseWith } from "@/server/refuse-with";
import type { NextHandler } from "@/server/render";

/**
 * Makes the function that answers requests while developing: the same addresses and forms, but nothing is kept,
 * scripts stay for hot reload, and no policy stands in the tools' way.
 */
export function developmentHandler(next: NextHandler, trustedProxies: string[]) {
  const readNetwork = networkReader(trustedProxies);
  const match = matcher();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? "/";
    if (target.startsWith("/__next") || target.startsWith("/_next/")) return next(request, response);
    const found = match(request.method ?? "GET", target);
    if (found.is === "refused") return refuseWith({ next, request, response }, found.refusal, found.methods);
    if (found.is === "redirect") return void response.writeHead(307, { location: found.to }).end();
    if (found.is === "route") request.url = found.url;
    const context = contextOf({ next, match }, request.headers, { network: readNetwork(request) });
    return requestContext.run(context, () => next(request, response));
  };
}
