import { getDomain } from "tldts";
import { asciiDomain, parseUrl } from "@/lib/fields/websites/domain";

/**
 * The part of a domain that somebody registered, by the Public Suffix List (tldts), in ASCII: `bbc.co.uk` for
 * `news.bbc.co.uk`. Suffixes in private hands count, so that two tenants of one host are two: `a.github.io`.
 * For the server only: the list is large.
 * @param address a domain or a whole web address
 * @returns null for a public suffix itself, an IP address or what is no domain
 */
export function registrableDomain(address: string): string | null {
  const host = address.includes("://") ? (parseUrl(address)?.hostname ?? "") : address;
  const domain = asciiDomain(host);
  return domain && getDomain(domain, { allowPrivateDomains: true });
}

/** Whether a mailbox lies at the domain of a website: what ties an address to an organisation. */
export function domainMatches(mailDomain: string, website: string): boolean {
  const registrable = registrableDomain(mailDomain);
  return registrable !== null && registrable === registrableDomain(website);
}
