import { cutAt, isDocumented, mailboxOf } from "@/lib/fields/addresses/providers";
import { foldCase } from "@/lib/fields/names/case-fold";
import { holdsHiddenCharacters, trimmed } from "@/lib/fields/names/characters";
import { asciiDomain } from "@/lib/fields/websites/domain";

/** The longest address in octets: RFC 5321, section 4.5.3.1.3, less its angle brackets (erratum 1690 of RFC 3696). */
export const LONGEST_ADDRESS = 254;
// RFC 5321, section 4.5.3.1.1.
const LONGEST_LOCAL_PART = 64;

// RFC 5322, section 3.2.3 (dot-atom), widened by RFC 6531, section 3.3.
const DOT_ATOM =
  /^[\w!#$%&'*+/=?^`{|}~\-\u{80}-\u{10FFFF}]+(?:\.[\w!#$%&'*+/=?^`{|}~\-\u{80}-\u{10FFFF}]+)*$/u;

/** Codes of what is wrong with an address; the sentences are in the messages `errors`. */
type AddressProblem = "tooLong" | "characters" | "lost" | "at" | "localPart" | "domain";

const UNSEEN = /[\s\p{C}\p{Default_Ignorable_Code_Point}\uFFFD]/gu;

const octets = (text: string) => new TextEncoder().encode(text).length;

function split(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf("@");
  return at < 0 ? { local: "", domain: "" } : { local: address.slice(0, at), domain: address.slice(at + 1) };
}

const WIDE = /[\uFF01-\uFF5E]/gu;
const APOSTROPHES = /[\u2018\u2019\u02BC]/gu;
const DASHES = /[\u2010-\u2015\u2212]/gu;

/** The address of what mail programs copy: “Name <name@example.org>”. */
const withoutName = (text: string) => /^[^<>@\p{C}]*<\s*([^<>\s]+@[^<>\s]+)\s*>$/u.exec(text)?.[1] ?? text;

/**
 * An address as it is kept and written to: trimmed, NFC, without a name copied with it. A word processor's
 * apostrophes, dashes and widths become plain ones: no provider gives out others.
 */
export function cleanAddress(text: string): string {
  return withoutName(trimmed(text.normalize("NFC")))
    .replace(APOSTROPHES, "'")
    .replace(DASHES, "-")
    .replace(WIDE, (wide) => wide.normalize("NFKC"));
}

/**
 * Everything that is wrong with a cleaned, non-empty mail address. Internationalised domains and local parts pass.
 * Refused although the RFCs know them: quoted local parts, comments, IP addresses as domains, domains without a dot,
 * and names beside the address. Whether the domain exists is not looked up.
 */
export function addressProblems(address: string): AddressProblem[] {
  // What nobody sees spoils the part that it is in, too: one slip is told once.
  const { local, domain } = split(address.replace(UNSEEN, ""));
  const problems: [AddressProblem, boolean][] = [
    ["tooLong", octets(address) > LONGEST_ADDRESS],
    ["characters", holdsHiddenCharacters(address) || /\s/u.test(address)],
    ["lost", address.includes("\uFFFD")],
    ["at", local === "" || domain === ""],
    ["localPart", local !== "" && !isLocalPart(local)],
    ["domain", domain !== "" && (asciiDomain(domain) === null || domain.endsWith("."))],
  ];
  return problems.flatMap(([problem, found]) => (found ? [problem] : []));
}

// In NFKC too, so that no compatible character stands for one that is refused.
function isLocalPart(local: string): boolean {
  const plain = local.normalize("NFKC");
  return octets(local) <= LONGEST_LOCAL_PART && DOT_ATOM.test(local) && DOT_ATOM.test(plain);
}

/** Names the canonical form in hashes made from it: another form finds other rows. */
export const CANONICAL_FORM = 1;

/**
 * The one spelling of a mailbox's address, for comparing addresses, never for writing to: local part in NFKC, case
 * folded and without its sub-address (RFC 5233), domain in ASCII, aliases of the large providers resolved.
 * Never throws: a text that is no address gives its own case-folded form.
 */
export function canonicalAddress(email: string): string {
  const { local, domain } = split(email.trim());
  const host = asciiDomain(domain);
  if (!local || !host) return foldCase(email.trim());
  return mailboxOf(cutAt("+", foldCase(local)), host);
}

/**
 * An address's own spelling: what another mail server could tell apart stays apart, such as a sub-address, a dot or a
 * full-width letter. Only case and the form of the domain do not count.
 */
export function spelledAddress(email: string): string {
  const { local, domain } = split(email.trim().normalize("NFC"));
  return `${local.toLowerCase()}@${asciiDomain(domain) ?? domain.toLowerCase()}`;
}

/**
 * The spelling that a mailed link belongs to: one for all spellings that their provider documents to be one mailbox, and each
 * its own elsewhere, where `ann+x@` may be somebody else's.
 */
export function linkAddress(email: string): string {
  return isDocumented(mailDomain(email)) ? canonicalAddress(email) : spelledAddress(email);
}

/** The domain of an address, in ASCII and lower case; empty for a text that is no address. */
export function mailDomain(email: string): string {
  return asciiDomain(split(email.trim()).domain) ?? "";
}
