import { holdsHiddenCharacters } from "@/lib/fields/names/characters";
import { asciiDomain, parseUrl } from "@/lib/fields/websites/domain";

// What browsers and servers bear without trouble; RFC 9110, section 4.1, asks for at least 8,000.
const LONGEST = 2_000;

const PARTS = /^(?:(https?):\/\/)?([^/?#]*)(.*)$/iu;

/**
 * Reads the address of a public website: http or https only, with `https://` added where no scheme was typed, a domain
 * name with a dot, no credentials, no IP address. Nothing is fetched or looked up.
 * @returns the address as the URL standard writes it, or null
 */
export function parseWebsite(text: string): string | null {
  const typed = text.trim();
  if (!typed || typed.length > LONGEST || holdsHiddenCharacters(typed) || /[\s\\]/u.test(typed)) return null;
  const [, scheme = "https", authority = "", rest = ""] = PARTS.exec(typed) ?? [];
  const [, domain = "", port] = /^([^:]*)(?::(\d{1,5}))?$/u.exec(authority) ?? [];
  if (!asciiDomain(domain) || port === "0") return null;
  const url = parseUrl(`${scheme}://${authority}${rest}`);
  return url && url.href.length <= LONGEST ? url.href : null;
}
