import ipaddr from "ipaddr.js";
import { getDomain } from "tldts";
import { addressProblems, canonicalAddress, cleanAddress, mailDomain } from "@/lib/mail-address/rules";
import { asciiDomain } from "@/lib/websites/domain";
import type { BlockKind } from "@/prisma/generated/enums";

/** What a rule of the block list names, in the one spelling in which it is kept and compared. */
export type BlockPattern = { kind: BlockKind; pattern: string };

/** Codes of what is wrong with a pattern; the sentences are in the messages `errors`. */
export type PatternProblem = "required" | "format" | "tooWide";

/** A mailbox and a network, as the block list sees them. */
export type Blockable = { email: string; network: string | null };

/** A rule in the form in which it is compared. */
export type BlockMatcher = { kind: BlockKind; matches: (one: Blockable) => boolean };

// Below these a rule would name whole countries.
const WIDEST = { ipv4: 8, ipv6: 16 } as const;
// A household has a /64: nothing narrower is told apart.
const NARROWEST = { ipv4: 32, ipv6: 64 } as const;
const EVERYTHING_BELOW = "*.";

/**
 * Reads a pattern as an administrator types it. A domain names itself and everything below; `*.example.org` only what
 * is below. An address names its mailbox in all spellings. A network is an address or a CIDR range.
 */
export function readPattern(kind: BlockKind, text: string): BlockPattern | PatternProblem {
  const typed = cleanAddress(text);
  if (!typed) return "required";
  const read = { DOMAIN: readDomain, ADDRESS: readAddress, NETWORK: readNetwork }[kind](typed);
  return read === "format" || read === "tooWide" ? read : { kind, pattern: read };
}

function readDomain(typed: string): string {
  const below = typed.startsWith(EVERYTHING_BELOW);
  const domain = asciiDomain(below ? typed.slice(EVERYTHING_BELOW.length) : typed.replace(/^@/, ""));
  if (!domain) return "format";
  // A top-level domain, or co.uk.
  if (!getDomain(domain)) return "tooWide";
  return below ? EVERYTHING_BELOW + domain : domain;
}

function readAddress(typed: string): string {
  return addressProblems(typed).length > 0 || typed.includes("*") ? "format" : canonicalAddress(typed);
}

function readNetwork(typed: string): string {
  const range = parseRange(typed);
  if (!range) return "format";
  const [address, bits] = range;
  const kind = address.kind();
  if (bits < WIDEST[kind]) return "tooWide";
  const length = Math.min(bits, NARROWEST[kind]);
  const whole = `${address.toString()}/${length}`;
  const first =
    kind === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(whole) : ipaddr.IPv6.networkAddressFromCIDR(whole);
  return `${first.toString()}/${length}`;
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** An address or a CIDR range; IPv4 inside IPv6 is IPv4. Null for anything else, such as an address of three parts. */
function parseRange(text: string): Range | null {
  const [host = "", length, ...rest] = text.split("/");
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(host);
  if (rest.length > 0 || host.includes("%") || !(isV4 || ipaddr.IPv6.isValid(host))) return null;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const address = ipaddr.process(host);
  const mapped = address.kind() === "ipv4" && !isV4;
  const most = address.kind() === "ipv4" ? 32 : 128;
  const bits = length === undefined ? most : Number(length) - (mapped ? 96 : 0);
  return bits >= 0 && bits <= most ? [address, bits] : null;
}

/** The comparison that a rule stands for. */
export function matcherOf({ kind, pattern }: BlockPattern): BlockMatcher {
  if (kind === "ADDRESS") return { kind, matches: ({ email }) => canonicalAddress(email) === pattern };
  if (kind === "DOMAIN") {
    const named = (email: string) => isNamed(mailDomain(email), pattern);
    return { kind, matches: ({ email }) => named(email) || named(canonicalAddress(email)) };
  }
  const range = parseRange(pattern);
  return { kind, matches: ({ network }) => range !== null && network !== null && isInside(network, range) };
}

function isNamed(host: string, pattern: string): boolean {
  if (pattern.startsWith(EVERYTHING_BELOW)) return host.endsWith(pattern.slice(1));
  return host === pattern || host.endsWith(`.${pattern}`);
}

function isInside(network: string, [address, bits]: Range): boolean {
  const other = parseRange(network);
  return other !== null && other[0].kind() === address.kind() && other[0].match(address, bits);
}

// More would be a provider's, not somebody's.
const MOST_NETWORKS = 4_096;

/** The single networks in a rule's range, as `Signing` names them: IPv4 addresses or IPv6 /64s. None for a wide range. */
export function networksIn({ pattern }: BlockPattern): string[] {
  const range = parseRange(pattern);
  if (!range) return [];
  const [first, bits] = range;
  const single = NARROWEST[first.kind()];
  const count = 2 ** (single - bits);
  if (count > MOST_NETWORKS) return [];
  return Array.from({ length: count }, (_, place) => singleNetwork(first.toByteArray(), single, place));
}

/** The network so many places after the first one, counted in the bits of single networks. */
function singleNetwork(first: number[], single: number, place: number): string {
  const bytes = [...first];
  for (let at = single / 8 - 1, rest = place; rest > 0; at--) {
    rest += bytes[at] ?? 0;
    bytes[at] = rest & 0xff;
    rest >>= 8;
  }
  const address = ipaddr.fromByteArray(bytes);
  return address.kind() === "ipv4" ? address.toString() : `${address.toString()}/${single}`;
}

/** Which kind of rule names a mailbox or network; the kinds that stop mail come first. */
export function findBlock(rules: readonly BlockMatcher[], one: Blockable): BlockKind | null {
  for (const kind of ["ADDRESS", "DOMAIN", "NETWORK"] as const)
    if (rules.some((rule) => rule.kind === kind && rule.matches(one))) return kind;
  return null;
}
