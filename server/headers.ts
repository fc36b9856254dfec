import type { Route } from "@/server/routes";

const SHUT = ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"];
const STYLES = "style-src 'self'";
const LOOK = [STYLES, "font-src 'self'", "img-src 'self'", "form-action 'self'"];

/**
 * For pages that are only read: nothing runs at all, so that nothing connects either. Lighthouse asks for robots.txt in the
 * page's name, and says that there is none where the page may not.
 */
export const DOCUMENT_POLICY = [...SHUT, ...LOOK, "script-src 'none'", "connect-src 'self'"].join("; ");

/** For answers that are no page. */
export const ENDPOINT_POLICY = [...SHUT, "sandbox"].join("; ");

/** For scripts: one that runs as a worker obeys its own answer's policy, and loads its parts from this site. */
export const SCRIPT_POLICY = [...SHUT, "script-src 'self'"].join("; ");

/** For pages where people type or administer: only scripts and styles that carry this answer's nonce, and what those load. */
export function pagePolicy(nonce: string): string {
  return [
    ...SHUT,
    ...LOOK.map((one) => (one === STYLES ? `${STYLES} 'nonce-${nonce}'` : one)),
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "worker-src 'self'",
    "connect-src 'self'",
  ].join("; ");
}

/**
 * For pages with scripts that are the same for everybody: those inline scripts that are named, and the files of this site.
 * @param sources hashes of inline scripts
 */
export function keptPolicy(sources: string[]): string {
  const scripts = ["script-src 'self'", ...sources].join(" ");
  return [...SHUT, ...LOOK, scripts, "worker-src 'self'", "connect-src 'self'"].join("; ");
}

export const FRAME_HEADER = "x-frame-options";

/** A policy of a page that others may show in a frame of theirs, where the table says so. */
export const framed = (policy: string, frame: Route["frame"]) =>
  frame === "anybody" ? policy.replace("frame-ancestors 'none'", "frame-ancestors *") : policy;

/** The headers of every answer, of which a page that may be framed leaves out the last. HSTS only where readers come by TLS. */
export function commonHeaders(publicUrl: string): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    // `no-referrer` would make browsers send `Origin: null` with forms; a path could hold a token.
    "referrer-policy": "strict-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    ...(publicUrl.startsWith("https:")
      ? { "strict-transport-security": "max-age=31536000; includeSubDomains" }
      : {}),
    [FRAME_HEADER]: "DENY",
  };
}

// Set by others, these would change what Next answers or believes about the request.
const DISTRUSTED =
  /^(?:x-forwarded-|x-middleware-|x-nextjs-|x-invoke-|next-|rsc$|forwarded$|content-security-policy)/;

/** Takes out of a request what no browser of ours sends, and what only the answers from memory heed. */
export function dropDistrusted(headers: NodeJS.Dict<string | string[]>): void {
  for (const name of Object.keys(headers)) if (DISTRUSTED.test(name)) delete headers[name];
}
