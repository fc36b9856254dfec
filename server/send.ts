import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { BOUNDS } from "@/lib/cache/bounds";
import { type Document, ENCODINGS, type Encoding } from "@/server/documents";
import { FRAME_HEADER } from "@/server/headers";
import type { Rendered } from "@/server/render";
import type { Cache } from "@/server/routes";

/** For how many seconds others may keep a document: fresh, then stale while they ask again. */
const FRESH_S = 5;
const STALE_S = 30;

/** Sends what was made for one visitor. */
export function send(
  { status, headers, body }: Rendered,
  { method }: IncomingMessage,
  response: ServerResponse,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status === 503 && !response.hasHeader("retry-after")) response.setHeader("retry-after", "10");
  response.writeHead(status, { "content-length": body.length });
  response.end(method === "HEAD" ? undefined : body);
}

/**
 * Sends a document in the form that the visitor takes, or says that the visitor has it already.
 * @param common headers of every answer, as names and values in turn, where they have not been set
 */
export function sendDocument(
  document: Document,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  common: readonly string[] = [],
): void {
  const { status, etag } = document;
  if (document.frame === "anybody") response.removeHeader(FRAME_HEADER);
  const head = common.concat(document.head);
  head.push("cache-control", status === 200 ? cacheControl(document.cache, document.expiresAt) : "no-store");
  if (status === 503) head.push("retry-after", "10");
  if (status === 200) {
    head.push("etag", etag);
    const held = headers["if-none-match"];
    if (held !== undefined && matches(held, etag)) return void response.writeHead(304, head).end();
  }
  const encoding = accepted(headers["accept-encoding"]).find((name) => document.encodings[name]);
  if (encoding) head.push("content-encoding", encoding);
  const body = (encoding && document.encodings[encoding]) ?? document.body;
  head.push("content-length", String(body.length));
  response.writeHead(status, head).end(method === "HEAD" ? undefined : body);
}

/**
 * Who may keep an answer. No copy of a document may outlive the time at which its letter opens or closes, and none that
 * bears names is shown once it is stale.
 */
export function cacheControl(cache: Cache, expiresAt = Number.POSITIVE_INFINITY): string {
  const left = Math.max(0, Math.floor((expiresAt - Date.now()) / 1_000));
  const fresh = `public, max-age=0, s-maxage=${Math.min(FRESH_S, left)}`;
  switch (cache) {
    case "for ever":
      return "public, max-age=31536000, immutable";
    case "names":
      return fresh;
    case "public":
      return `${fresh}, stale-while-revalidate=${Math.min(STALE_S, Math.max(0, left - FRESH_S))}`;
    case "restorable":
      return "private, no-cache";
    case "private":
      return "private, no-store";
    case "none":
      return "no-store";
  }
}

function matches(asked: string, etag: string): boolean {
  return asked.split(",").some((one) => {
    const given = one.trim();
    return given === "*" || given.replace(/^W\//, "") === etag.slice(2);
  });
}

/** What browsers send differs little: read once each. */
const read = new LRUCache<string, Encoding[]>({ max: BOUNDS["server/send.ts read"].entries });

function accepted(header: string | string[] = ""): Encoding[] {
  const text = String(header);
  const known = read.get(text);
  if (known) return known;
  const parts = text.split(",").map((part) => part.trim());
  const takes = (name: Encoding) =>
    parts.some((part) => part.split(";")[0] === name && !/;\s*q=0(?:\.0*)?$/.test(part));
  const found = ENCODINGS.filter(takes);
  read.set(text, found);
  return found;
}
