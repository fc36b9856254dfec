import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { exactCopy } from "@/lib/cache/exact-copy";
import { cache } from "@/lib/cache/tagged-cache";
import type { NextHandler, Rendered } from "@/server/call-next";
import { DOCUMENT_POLICY, ENDPOINT_POLICY } from "@/server/headers";
import { inTurn } from "@/server/in-turn";
import { render, unavailable, withoutScripts } from "@/server/render";

/** A page or answer that is the same for everybody, ready to be sent. */
type Document = Rendered & {
  etag: string;
  encodings: Partial<Record<"br" | "gzip", Buffer>>;
  expiresAt: number;
};

/** For how many seconds others may keep a document: fresh, then stale while they ask again. */
const FRESH_S = 5;
const STALE_S = 30;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * Answers with a document, from memory for as long as nothing that it shows has changed.
 * @param url path and query as Next knows them; also the document's name in the cache
 */
export async function sendDocument(
  handle: NextHandler,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const document = await cache.remember(`document:${url}`, async (scope) => {
    const { host } = request.headers;
    const call = { url, headers: host ? { host } : {} };
    const make = () => render(handle, call, {});
    const made = await (url.includes("?") ? inTurn(make) : make());
    const rendered = made ?? (await unavailable(handle, call));
    scope.storable = rendered.status === 200;
    return prepare(rendered, scope);
  });
  send(document, request, response);
}

async function prepare(rendered: Rendered, scope: { expiresAt: number }): Promise<Document> {
  const isPage = String(rendered.headers["content-type"]).startsWith("text/html");
  const sent = isPage ? Buffer.from(withoutScripts(rendered.body.toString("utf8"))) : rendered.body;
  // It is kept for long: what it was cut from must not be.
  const body = exactCopy(sent);
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const encodings = scopeIsLarge(body) ? await compressed(body) : {};
  const policy = isPage ? DOCUMENT_POLICY : ENDPOINT_POLICY;
  const headers = { ...rendered.headers, "content-security-policy": policy, vary: "Accept-Encoding" };
  return { ...rendered, headers, body, etag, encodings, expiresAt: scope.expiresAt };
}

async function compressed(body: Buffer): Promise<Document["encodings"]> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  return { br: exactCopy(await brotli(body, quality)), gzip: exactCopy(await zip(body)) };
}

const scopeIsLarge = (body: Buffer) => body.length > 1_024;

function send(document: Document, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(document.headers)) response.setHeader(name, value);
  response.setHeader("cache-control", cacheControl(document));
  if (document.status === 503) response.setHeader("retry-after", "10");
  if (document.status === 200) {
    response.setHeader("etag", document.etag);
    if (matches(request.headers["if-none-match"], document.etag)) return void response.writeHead(304).end();
  }
  const encoding = (["br", "gzip"] as const).find(
    (name) => accepts(request, name) && document.encodings[name],
  );
  const body = (encoding && document.encodings[encoding]) ?? document.body;
  if (encoding) response.setHeader("content-encoding", encoding);
  response.writeHead(document.status, { "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** No copy of a document may outlive the time at which its letter opens or closes. */
function cacheControl({ status, expiresAt }: Document): string {
  if (status !== 200) return "no-store";
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
