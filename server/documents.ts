import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { exactCopy } from "@/lib/cache/exact-copy";
import { cache, type Scope } from "@/lib/cache/tagged-cache";
import type { NextHandler, Rendered } from "@/server/call-next";
import { DOCUMENT_POLICY, ENDPOINT_POLICY, keptPolicy, pagePolicy } from "@/server/headers";
import type { Asking } from "@/server/line";
import { LINES, type LineName } from "@/server/lines";
import { render, unavailable } from "@/server/render";
import { hashScripts, withoutScripts } from "@/server/scripts";

/** A page or answer that is the same for everybody, ready to be sent. */
export type Document = Rendered & {
  etag: string;
  encodings: Partial<Record<"br" | "gzip", Buffer>>;
  expiresAt: number;
};

/** What to make: the address is path and query as Next knows them, and nothing else of any visitor. */
export type Wanted = {
  url: string;
  line: LineName;
  /** Whether its own scripts stay in a page. */
  scripts?: boolean;
  /** Keeps it also where it says that there is nothing. */
  nothing?: boolean;
};

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this compressing saves nothing, in bytes. */
const SMALL = 1_024;

/**
 * The document of an address, from memory for as long as nothing that it shows has changed.
 * @param asking takes its turn in a line where it must be made
 */
export async function documentOf(handle: NextHandler, wanted: Wanted, asking: Asking): Promise<Document> {
  const { url, line } = wanted;
  for (let tries = 0; tries < 3; tries++) {
    let own = false;
    const document = await cache.remember(`document:${url}`, async (scope) => {
      own = true;
      const made = await LINES[line].run(asking, () => make(handle, wanted, asking.arrivedAt, scope));
      scope.storable &&= made !== null;
      return made;
    });
    if (document) return document;
    // Somebody else was to make it and was refused or has left, which says nothing about this visitor.
    if (own) break;
  }
  return bare(await unavailable(handle, { url, headers: {} }));
}

async function make(
  handle: NextHandler,
  { url, scripts = false, nothing = false }: Wanted,
  arrivedAt: number,
  scope: Scope,
): Promise<Document> {
  // For this rendering alone: it tells Next's own scripts from all others.
  const nonce = randomBytes(16).toString("base64");
  const headers = scripts ? { "content-security-policy": pagePolicy(nonce) } : {};
  const rendered = await render(handle, { url, headers }, { arrivedAt });
  scope.storable = rendered.status === 200 || (nothing && rendered.status === 404);
  return prepare(rendered, scripts ? nonce : null, scope);
}

async function prepare(rendered: Rendered, nonce: string | null, scope: Scope): Promise<Document> {
  const { html, policy } = withPolicy(rendered, nonce);
  // It is kept for long: what it was cut from must not be.
  const body = exactCopy(html === null ? rendered.body : Buffer.from(html));
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const encodings = body.length > SMALL ? await compressed(body) : {};
  const headers = { ...rendered.headers, "content-security-policy": policy, vary: "Accept-Encoding" };
  return { ...rendered, headers, body, etag, encodings, expiresAt: scope.expiresAt };
}

async function compressed(body: Buffer): Promise<Document["encodings"]> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  return { br: exactCopy(await brotli(body, quality)), gzip: exactCopy(await zip(body)) };
}

function withPolicy({ headers, body }: Rendered, nonce: string | null) {
  if (!String(headers["content-type"]).startsWith("text/html"))
    return { html: null, policy: ENDPOINT_POLICY };
  const html = body.toString("utf8");
  if (nonce === null) return { html: withoutScripts(html), policy: DOCUMENT_POLICY };
  const hashed = hashScripts(html, nonce);
  return { html: hashed.html, policy: keptPolicy(hashed.sources) };
}

/** The page that stands for a failure, which is kept elsewhere. */
function bare(rendered: Rendered): Document {
  const page = String(rendered.headers["content-type"]).startsWith("text/html");
  const headers = {
    ...rendered.headers,
    "content-security-policy": page ? DOCUMENT_POLICY : ENDPOINT_POLICY,
  };
  return { ...rendered, headers, etag: "", encodings: {}, expiresAt: 0 };
}
