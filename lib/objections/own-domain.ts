import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { parseUrl } from "@/lib/fields/websites/domain";
import { domainMatches, registrableDomain } from "@/lib/fields/websites/registrable-domain";

/** Where many organisations have a page, and nobody's mailbox says whose it is. */
const SHARED = new Set(
  `facebook.com instagram.com linkedin.com x.com twitter.com youtube.com medium.com substack.com wordpress.com blogspot.com
  google.com linktr.ee t.me telegram.org vk.com weibo.com bsky.app mastodon.social wixsite.com weebly.com squarespace.com notion.so`
    .trim()
    .split(/\s+/),
);

/**
 * Whether an address lies at an organisation's own domain: that of its website, whose home page it gave. Never at a provider
 * where anybody can have a mailbox or a page.
 */
export function isAtOwnDomain(address: string, website: string | null): boolean {
  if (!website) return false;
  const domain = mailDomain(address);
  const registrable = registrableDomain(website);
  if (!registrable || SHARED.has(registrable) || isFreeMail(domain) || isFreeMail(registrable)) return false;
  // A page on somebody's website: the website is another's.
  if ((parseUrl(website)?.pathname ?? "/") !== "/") return false;
  return domainMatches(domain, website);
}
