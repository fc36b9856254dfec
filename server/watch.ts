import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/log/log";
import { withRequestId } from "@/lib/log/request-id";
import { countAnswer } from "@/lib/metrics/answers";
import type { Route } from "@/server/route";
import { routePattern } from "@/server/route-pattern";

/**
 * Writes a line and counts once an answer is over: which kind of route, its pattern (an address itself may hold a token
 * or a name), status, and time in milliseconds.
 * @param route null for what was refused unread
 */
export function watch(
  { method }: IncomingMessage,
  response: ServerResponse,
  id: string,
  route: Route | null,
): void {
  const begun = performance.now();
  response.once("close", () => {
    const ms = performance.now() - begun;
    const kind = route?.kind ?? "refused";
    const { statusCode: status, writableFinished } = response;
    countAnswer(kind, status, ms);
    const pattern = route && "url" in route ? routePattern(route.url) : kind;
    // Somebody who left before the answer was there.
    const left = writableFinished ? undefined : true;
    withRequestId(id, () =>
      log.info("request", { method, kind, route: pattern, status, ms: Math.round(ms), left }),
    );
  });
}
