import { addressProblems } from "@/lib/mail-address/rules";
import { asciiDomain } from "@/lib/websites/domain";

const MINUTE_MS = 60_000;

/** For how long a mailed sign-in link works. */
export const LINK_MINUTES = 10;
/** For how long an administrator stays signed in at most. */
export const SESSION_HOURS = 12;

/** When a link made now stops working. */
export const linkEnd = (now: Date) => new Date(now.getTime() + LINK_MINUTES * MINUTE_MS);

/** When a session begun now ends. */
export const sessionEnd = (now: Date) => new Date(now.getTime() + SESSION_HOURS * 60 * MINUTE_MS);

/**
 * The one spelling in which administrators' addresses are compared, stored and written to: NFC, lower case, the domain
 * in ASCII. Unlike the canonical form of signatories' addresses it keeps sub-addresses, dots and compatible characters:
 * an alias or a lookalike of an administrator's address is not an administrator's address.
 * @returns null for what is no mail address
 */
export function adminAddress(text: string): string | null {
  const spelled = text.trim().normalize("NFC").toLowerCase().normalize("NFC");
  const at = spelled.lastIndexOf("@");
  const domain = asciiDomain(spelled.slice(at + 1));
  const address = `${spelled.slice(0, Math.max(at, 0))}@${domain}`;
  return domain && addressProblems(address).length === 0 ? address : null;
}
