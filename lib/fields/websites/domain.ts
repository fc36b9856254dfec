import { holdsHiddenCharacters } from "@/lib/fields/names/characters";

// RFC 952 and 1123: letters, digits and hyphens, no hyphen at either end, 63 characters at most.
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const LONGEST_DOMAIN = 253;

/** A web address as the URL standard reads it; null for a text that it refuses. Older browsers have no `URL.parse`. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/**
 * The ASCII form of a public domain name (UTS #46, as the URL parser of browsers and Node applies it), in lower case
 * and without a trailing dot. Names without a dot, IP addresses and what else no public host is called give null.
 */
export function asciiDomain(domain: string): string | null {
  if (holdsHiddenCharacters(domain) || /[\s%/\\?#:@[\]]/u.test(domain)) return null;
  const host = parseUrl(`http://${domain}`)?.hostname.replace(/\.$/, "") ?? "";
  const labels = host.split(".");
  const top = labels.at(-1) ?? "";
  const named = labels.length > 1 && top.length > 1 && !/^\d+$/.test(top);
  return named && host.length <= LONGEST_DOMAIN && labels.every((label) => LABEL.test(label)) ? host : null;
}
