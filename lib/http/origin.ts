/**
 * Whether a state-changing request comes from a page of this site. Browsers send Origin with every POST, also without
 * JavaScript (the site's referrer policy keeps it from being `null`), so a missing one is refused too.
 * @param origin the Origin header
 * @param host the Host header as the browser sent it; forwarded headers have no say
 * @param publicUrl where readers reach the site
 */
export function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicUrl: string,
): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
  return origin === new URL(publicUrl).origin || url.host === host;
}
