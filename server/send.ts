import type { IncomingMessage, ServerResponse } from "node:http";
import type { Rendered } from "@/server/call-next";
import type { Document } from "@/server/documents";

/** For how many seconds others may keep a document: fresh, then stale while they ask again. */
const FRESH_S = 5;
const STALE_S = 30;

/** Sends what was made for one visitor. */
export function send(rendered: Rendered, request: IncomingMessage, response: ServerResponse): void {
  setHeaders(rendered.headers, response);
  if (rendered.status === 503 && !response.hasHeader("retry-after")) response.setHeader("retry-after", "10");
  response.writeHead(rendered.status, { "content-length": rendered.body.length });
  response.end(request.method === "HEAD" ? undefined : rendered.body);
}

function setHeaders(headers: Rendered["headers"], response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/**
 * Sends a document in the form that the visitor takes, or says that the visitor has it already.
 * @param kept who else may keep it; without it, others may for a moment
 */
export function sendDocument(
  document: Document,
  request: IncomingMessage,
  response: ServerResponse,
  kept?: string,
): void {
  const cacheControl = document.status === 200 ? (kept ?? publicly(document)) : "no-store";
  const headers: Rendered["headers"] = { ...document.headers, "cache-control": cacheControl };
  if (document.status === 200) {
    headers.etag = document.etag;
    if (matches(request.headers["if-none-match"], document.etag)) {
      setHeaders(headers, response);
      return void response.writeHead(304).end();
    }
  }
  const encoding = (["br", "gzip"] as const).find(
    (name) => document.encodings[name] && accepts(request, name),
  );
  if (encoding) headers["content-encoding"] = encoding;
  const body = (encoding && document.encodings[encoding]) ?? document.body;
  send({ status: document.status, headers, body }, request, response);
}

/** No copy of a document may outlive the time at which its letter opens or closes. */
function publicly({ expiresAt }: Document): string {
  const left = Math.max(0, Math.floor((expiresAt - Date.now()) / 1_000));
  const fresh = Math.min(FRESH_S, left);
  return `public, max-age=0, s-maxage=${fresh}, stale-while-revalidate=${Math.min(STALE_S, left - fresh)}`;
}

function matches(asked: string | undefined, etag: string): boolean {
  return (
    asked?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag.slice(2) || one.trim() === "*") ??
    false
  );
}

function accepts(request: IncomingMessage, encoding: string): boolean {
  const header = String(request.headers["accept-encoding"] ?? "");
  return header
    .split(",")
    .some((part) => part.trim().split(";")[0] === encoding && !/;\s*q=0(?:\.0*)?$/.test(part.trim()));
}
