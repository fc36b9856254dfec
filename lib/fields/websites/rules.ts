import { holdsHiddenCharacters, trimmed } from "@/lib/fields/names/characters";
import { asciiDomain, parseUrl } from "@/lib/fields/websites/domain";

// What browsers and servers bear without trouble; RFC 9110, section 4.1, asks for at least 8,000.
const LONGEST = 2_000;

const PARTS = /^(?:(https?):\/\/)?([^/?#]*)(.*)$/iu;

/** Codes of what is wrong with a website's address; the sentences are in the messages `errors`. */
type WebsiteProblem =
  | "mailAddress"
  | "scheme"
  | "slashes"
  | "credentials"
  | "number"
  | "space"
  | "lost"
  | "noDot"
  | "format";

/** What of a text is an address: not a full stop or comma behind it, nor what copying has left around it. */
const bare = (text: string) => trimmed(text).replace(/[.,;]+$/u, "");

/**
 * Reads the address of a public website: http or https only, with `https://` added where no scheme was typed, a domain
 * name with a dot, no credentials, no IP address. Nothing is fetched or looked up.
 * @returns the address as the URL standard writes it, or null
 */
export function parseWebsite(text: string): string | null {
  const typed = bare(text);
  if (
    !typed ||
    typed.length > LONGEST ||
    typed.includes("\uFFFD") ||
    holdsHiddenCharacters(typed) ||
    /[\s\\]/u.test(typed)
  )
    return null;
  const [, scheme = "https", authority = "", rest = ""] = PARTS.exec(typed) ?? [];
  const [, domain = "", port] = /^([^:]*)(?::(\d{1,5}))?$/u.exec(authority) ?? [];
  // Names of hosts may hold an underscore, which names of registered domains may not.
  if (!asciiDomain(domain.replaceAll("_", "-")) || port === "0") return null;
  const url = parseUrl(`${scheme}://${authority}${rest}`);
  return url && url.href.length <= LONGEST ? url.href : null;
}

/** What is wrong with a text that should be a website's address; null where nothing is. */
export function websiteProblem(text: string): WebsiteProblem | null {
  if (parseWebsite(text)) return null;
  const typed = bare(text);
  if (/\s/u.test(typed)) return "space";
  if (typed.includes("\uFFFD")) return "lost";
  if (/^[a-z][a-z\d+-]*:\/\//iu.test(typed) && !/^https?:/iu.test(typed)) return "scheme";
  if (/^https?:(?!\/\/[^/])/iu.test(typed)) return "slashes";
  if (/^https?:\/\/[^/?#]*@/iu.test(typed)) return "credentials";
  if (/^[^/]+@[^/]+$/u.test(typed)) return "mailAddress";
  if (/^(?:https?:\/\/)?(?:[\d.]+|\[[^\]]*\])(?::\d+)?(?:[/?#]|$)/iu.test(typed)) return "number";
  return /[.\u3002]/u.test(typed) ? "format" : "noDot";
}
