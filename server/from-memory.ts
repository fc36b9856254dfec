import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { BOUNDS } from "@/lib/cache/bounds";
import { cache } from "@/lib/cache/tagged-cache";
import { countVisit } from "@/lib/counts/statistics/visits";
import { countFromMemory } from "@/lib/ops/metrics/answers";
import type { Document } from "@/server/documents";
import { commonHeaders, FRAME_HEADER } from "@/server/headers";
import { sendDocument } from "@/server/send";

/** Targets are up to 16 KiB long, and nobody follows a long one. */
const LONGEST = 256;

/** Where the answer to a target is kept: under a key that the cache drops with what it shows, or itself, if for ever. */
const places = new LRUCache<string, string | Document>({
  max: BOUNDS["server/from-memory.ts places"].entries,
});

/** Notes what a target leads to, once it has gone the long way. @param target exactly as it was sent */
export function noteTarget(target: string, place: string | Document): void {
  if (target.length <= LONGEST) places.set(target, place);
}

/**
 * Makes the short way: the function that answers at once what was asked for before and is still kept, or says that it has
 * not. Such answers wait for nobody's turn, for they take no longer than a turn; they are counted and not logged.
 */
export function shortWay(publicUrl: string, readId: (request: IncomingMessage) => string) {
  const headers = Object.entries(commonHeaders(publicUrl));
  const shut = headers.flat();
  const open = headers.filter(([name]) => name !== FRAME_HEADER).flat();
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url = "" } = request;
    if (method !== "GET" && method !== "HEAD") return false;
    const place = places.get(url);
    const document = typeof place === "string" ? cache.kept<Document>(place) : place;
    if (!document) return false;
    const common = document.frame === "nobody" ? shut : open;
    sendDocument(document, request, response, [...common, "x-request-id", readId(request)]);
    countFromMemory(response.statusCode);
    countVisit(request, response.statusCode, publicUrl);
    return true;
  };
}
