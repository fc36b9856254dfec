import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/ops/log/log";
import { withRequestId } from "@/lib/ops/log/request-id";
import { countAnswer } from "@/lib/ops/metrics/answers";
import type { Route } from "@/server/route";
import { routePattern } from "@/server/route-pattern";

type Watched = {
  request: IncomingMessage;
  response: ServerResponse;
  id: string;
  /** Null for what was refused unread. */
  route: Route | null;
  arrivedAt: number;
};

/**
 * Writes a line and counts once an answer is over: which kind of route, its pattern (an address itself may hold a token
 * or a name), status, and time since it arrived in milliseconds.
 */
export function watch({ request: { method }, response, id, route, arrivedAt }: Watched): void {
  response.once("close", () => {
    const ms = performance.now() - arrivedAt;
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
