const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a state-changing request comes from a page of this site. Browsers send Origin with every POST, also without
 * JavaScript (the site's referrer policy keeps it from being `null`), so a missing one is refused too. No other header
 * has a say; where the site is on this machine only, each of the machine's own names will do.
 * @param origin the Origin header
 * @param publicUrl where readers reach the site
 */
export function isOwnOrigin(origin: string | undefined, publicUrl: string): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const [given, own] = [new URL(origin), new URL(publicUrl)];
  if (given.origin !== origin) return false;
  if (LOOPBACK.has(own.hostname) && LOOPBACK.has(given.hostname)) own.hostname = given.hostname;
  return given.origin === own.origin;
}

/**
 * Whether a request that is refused for its Origin comes from a page of this site nevertheless, opened at an address that
 * is not its own: the host that the browser asked is the one that its page came from. Only decides what the refusal says.
 */
export function isOtherAddress(headers: {
  origin?: string;
  host?: string;
  "sec-fetch-site"?: unknown;
}): boolean {
  const { origin, host, "sec-fetch-site": site } = headers;
  if (!origin || !URL.canParse(origin)) return false;
  return new URL(origin).host !== "" && (new URL(origin).host === host || site === "same-origin");
}
