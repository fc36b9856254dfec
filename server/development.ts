import type { IncomingMessage, ServerResponse } from "node:http";
import { networkReader } from "@/lib/http/client-address";
import { requestContext } from "@/lib/http/request-context";
import type { NextHandler } from "@/server/call-next";
import { refuseWith } from "@/server/refuse-with";
import { submitContext } from "@/server/render";
import { routeOf } from "@/server/route";

/**
 * Makes the function that answers requests while developing: the same addresses and forms, but nothing is kept,
 * scripts stay for hot reload, and no policy stands in the tools' way.
 */
export function developmentHandler(next: NextHandler, trustedProxies: string[]) {
  const readNetwork = networkReader(trustedProxies);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? "/";
    if (target.startsWith("/__next")) return next(request, response);
    const route = routeOf(request.method ?? "GET", target);
    if (route.kind === "not-allowed") return refuseWith({ next, request, response }, "no-form");
    if (route.kind === "redirect") return void response.writeHead(307, { location: route.to }).end();
    if ("url" in route) request.url = route.url;
    const from = { network: readNetwork(request) };
    return requestContext.run(submitContext(next, request.headers, from), () => next(request, response));
  };
}
