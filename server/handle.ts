import type { IncomingMessage, ServerResponse } from "node:http";
import { networkReader, wideNetwork } from "@/lib/http/client-address";
import { log } from "@/lib/ops/log/log";
import { withRequestId } from "@/lib/ops/log/request-id";
import { answer } from "@/server/answer";
import type { NextHandler } from "@/server/call-next";
import { commonHeaders, dropDistrusted } from "@/server/headers";
import { refusal } from "@/server/refuse";
import { refuseWith } from "@/server/refuse-with";
import { idReader } from "@/server/request-ids";
import { routeOf } from "@/server/route";
import { inTurns } from "@/server/turns";
import { watch } from "@/server/watch";

/** Makes the function that answers every request in production. @param trustedProxies as in the environment */
export function requestHandler(next: NextHandler, publicUrl: string, trustedProxies: string[] = []) {
  const readNetwork = networkReader(trustedProxies, tellOnce());
  const readId = idReader(trustedProxies);
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
    const from = { network, arrivedAt };
    dropDistrusted(request.headers);
    const problem = refusal(request, publicUrl);
    const route = problem ? null : routeOf(request.method ?? "GET", request.url ?? "/");
    watch({ request, response, id, route, arrivedAt });
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
