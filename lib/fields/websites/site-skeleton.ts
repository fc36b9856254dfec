import { domainToUnicode } from "node:url";
import { getDomainWithoutSuffix } from "tldts";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { registrableDomain } from "@/lib/fields/websites/registrable-domain";

/**
 * What the name in a domain looks like, without its ending and its hyphens: `amnesty` for `www.am-nesty.org`, and for
 * the same in Cyrillic letters. For comparing, never for showing.
 * @param address a domain or a whole web address
 * @returns null where nobody can have registered it
 */
export function siteSkeleton(address: string): string | null {
  const domain = registrableDomain(address);
  const name = domain && getDomainWithoutSuffix(domain, { allowPrivateDomains: true });
  return name ? skeletonOf(domainToUnicode(name).replaceAll("-", "")) : null;
}
