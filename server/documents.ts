import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { exactCopy } from "@/lib/cache/exact-copy";
import { cache, type Scope } from "@/lib/cache/tagged-cache";
import { earlyFonts } from "@/server/early-fonts";
import { DOCUMENT_POLICY, ENDPOINT_POLICY, framed, keptPolicy, pagePolicy } from "@/server/headers";
import type { Asking } from "@/server/line";
import { LINES } from "@/server/lines";
import { type NextHandler, type Rendered, render, unavailable } from "@/server/render";
import type { Route } from "@/server/routes";
import { hashScripts, scriptsAfterPaint, withoutScripts } from "@/server/scripts";

/** An answer that is the same for everybody, ready to be sent: its head as names and values in turn, and its bodies. */
export type Document = {
  status: number;
  head: string[];
  body: Buffer;
  etag: string;
  encodings: Partial<Record<Encoding, Buffer>>;
  cache: Route["cache"];
  frame: Route["frame"];
  expiresAt: number;
};

/** What a browser takes, the best first. */
export const ENCODINGS = ["br", "gzip"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What to make: the address is path and query as Next knows them, and nothing else of any visitor. */
export type Wanted = Pick<Route, "kind" | "line" | "frame" | "cache"> & {
  url: string;
  /** Keeps it also where it says that there is nothing. */
  nothing?: boolean;
};

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this compressing saves nothing, in bytes. */
const SMALL = 1_024;

/** The name under which the document of an address is kept. */
export const keyOf = (url: string) => `document:${url}`;

/**
 * The document of an address, from memory for as long as nothing that it shows has changed.
 * @param asking takes its turn in a line where it must be made
 */
export async function documentOf(handle: NextHandler, wanted: Wanted, asking: Asking): Promise<Document> {
  const { url, line } = wanted;
  for (let tries = 0; tries < 3; tries++) {
    let own = false;
    const document = await cache.remember(keyOf(url), async (scope) => {
      own = true;
      const made = await LINES[line].run(asking, () => make(handle, wanted, asking.arrivedAt, scope));
      scope.storable &&= made !== null;
      return made;
    });
    if (document) return document;
    // Somebody else was to make it and was refused or has left, which says nothing about this visitor.
    if (own) break;
  }
  const rendered = await unavailable(handle, { url, headers: {} });
  return ready(rendered, { ...wanted, policy: isPage(rendered) ? DOCUMENT_POLICY : ENDPOINT_POLICY });
}

async function make(handle: NextHandler, wanted: Wanted, arrivedAt: number, scope: Scope): Promise<Document> {
  // For this rendering alone: it tells Next's own scripts from all others.
  const nonce = randomBytes(16).toString("base64");
  const hasScripts = wanted.kind === "shell";
  const asked = hasScripts ? { "content-security-policy": pagePolicy(nonce) } : {};
  const rendered = await render(handle, { url: wanted.url, headers: asked }, { arrivedAt });
  // That a letter was taken down or has moved is said to everybody who has its address.
  scope.storable =
    [200, 308, 410].includes(rendered.status) || (wanted.nothing === true && rendered.status === 404);
  const { html, policy } = withPolicy(rendered, hasScripts ? nonce : null);
  // It is kept for long: what it was cut from must not be.
  const body = exactCopy(html === null ? rendered.body : Buffer.from(html));
  const headers = { ...rendered.headers, ...(html !== null && earlyFonts(wanted.url)) };
  const document = ready({ ...rendered, headers, body }, { ...wanted, policy });
  const encodings = body.length > SMALL && !isCompressed(rendered) ? await compressed(body) : {};
  return { ...document, etag: etagOf(body), encodings, expiresAt: scope.expiresAt };
}

/** @param policy what may run in it */
function ready(
  { status, headers, body }: Rendered,
  { policy, frame, cache }: Pick<Route, "frame" | "cache"> & { policy: string },
): Document {
  const own = { ...headers, "content-security-policy": framed(policy, frame), vary: "Accept-Encoding" };
  const head = Object.entries(own).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );
  return { status, head, body, cache, frame, etag: "", encodings: {}, expiresAt: 0 };
}

export const etagOf = (body: Buffer) =>
  `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;

/** @param quality of brotli */
export async function compressed(body: Buffer, quality = 5): Promise<Document["encodings"]> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return { br: exactCopy(await brotli(body, { params })), gzip: exactCopy(await zip(body)) };
}

const isCompressed = ({ headers }: Rendered) =>
  /^(?:image\/|application\/pdf)/.test(String(headers["content-type"]));
const isPage = ({ headers }: Rendered) => String(headers["content-type"]).startsWith("text/html");

function withPolicy(rendered: Rendered, nonce: string | null) {
  if (!isPage(rendered)) return { html: null, policy: ENDPOINT_POLICY };
  const html = rendered.body.toString("utf8");
  if (nonce === null) return { html: withoutScripts(html), policy: DOCUMENT_POLICY };
  const hashed = hashScripts(scriptsAfterPaint(html, nonce), nonce);
  return { html: hashed.html, policy: keptPolicy(hashed.sources) };
}
