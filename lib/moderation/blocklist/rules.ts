import ipaddr from "ipaddr.js";
import { getDomain, getPublicSuffix } from "tldts";
import {
  addressProblems,
  canonicalAddress,
  cleanAddress,
  mailDomain,
  typedAddress,
} from "@/lib/fields/addresses/rules";
import { asciiDomain } from "@/lib/fields/websites/domain";
import { fits, lettersGiven, STAR } from "@/lib/moderation/blocklist/wildcards";
import type { BlockKind } from "@/prisma/generated/enums";

/** What a rule of the blocklist names, in the one spelling in which it is kept and compared. */
export type BlockPattern = { kind: BlockKind; pattern: string };

/** Codes of what is wrong with a pattern; the sentences are in the messages `errors`. */
export type PatternProblem = "required" | "format" | "tooWide" | "wholeDomain";

const PROBLEMS: readonly string[] = [
  "required",
  "format",
  "tooWide",
  "wholeDomain",
] satisfies PatternProblem[];
const isProblem = (read: string): read is PatternProblem => PROBLEMS.includes(read);

/** A mailbox and a network, as the blocklist sees them. */
export type Blockable = { email: string; network: string | null };

/** A rule in the form in which it is compared. */
export type BlockMatcher = { kind: BlockKind; matches: (one: Blockable) => boolean };

// Below these a rule would name whole countries.
const WIDEST = { ipv4: 8, ipv6: 16 } as const;
// A household has a /64: nothing narrower is told apart.
const NARROWEST = { ipv4: 32, ipv6: 64 } as const;
const EVERYTHING_BELOW = "*.";

// What a pattern with a star must give of the part that tells people apart.
const FEWEST_LETTERS = { domain: 3, address: 2 } as const;

/**
 * Reads a pattern as an administrator types it. A domain names itself and everything below; `*.example.org` only what
 * is below. An address names its mailbox in all spellings. A star stands for any characters within a part of a domain
 * or before the @ sign. A network is an address or a CIDR range.
 */
export function readPattern(kind: BlockKind, text: string): BlockPattern | PatternProblem {
  const typed = cleanAddress(text);
  if (!typed) return "required";
  const read = { DOMAIN: readDomain, ADDRESS: readAddress, NETWORK: readNetwork }[kind](typed);
  return isProblem(read) ? read : { kind, pattern: read };
}

function readDomain(typed: string): string {
  const below = typed.startsWith(EVERYTHING_BELOW);
  const rest = below ? typed.slice(EVERYTHING_BELOW.length) : typed.replace(/^@/, "");
  const domain = rest.includes(STAR) ? readStarredDomain(rest) : asciiDomain(rest);
  if (!domain) return "format";
  if (domain === "tooWide") return domain;
  // A top-level domain, or co.uk.
  if (!getDomain(withoutStars(domain))) return "tooWide";
  return below ? EVERYTHING_BELOW + domain : domain;
}

const withoutStars = (text: string) => text.replaceAll(STAR, "x");

/** Null for no domain; `tooWide` where the part that somebody has registered, or what is above it, is left open. */
function readStarredDomain(typed: string): string | null {
  const sample = asciiDomain(withoutStars(typed));
  if (!sample) return null;
  const own = typed.toLowerCase().replace(/\.$/, "").split(".");
  const plain = sample.split(".");
  if (own.some((label) => label.includes(STAR) && !/^[a-z0-9*-]+$/.test(label))) return null;
  const labels = plain.map((label, place) => (own[place]?.includes(STAR) ? own[place] : label));
  const suffix = getPublicSuffix(sample)?.split(".").length ?? 1;
  const [registered = "", ...above] = labels.slice(-suffix - 1);
  const open = registered.includes(STAR) && lettersGiven(registered) < FEWEST_LETTERS.domain;
  return open || above.some((label) => label.includes(STAR)) ? "tooWide" : labels.join(".");
}

function readAddress(typed: string): string {
  if (addressProblems(typed).length > 0) return "format";
  const pattern = typedAddress(typed);
  if (!pattern.includes(STAR)) return canonicalAddress(typed);
  const given = lettersGiven(pattern.slice(0, pattern.lastIndexOf("@")));
  if (given === 0) return "wholeDomain";
  return given < FEWEST_LETTERS.address ? "tooWide" : pattern;
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
  if (kind === "ADDRESS") return { kind, matches: addressMatcher(pattern) };
  if (kind === "DOMAIN") {
    const named = domainMatcher(pattern);
    return {
      kind,
      matches: ({ email }) => named(mailDomain(email)) || named(mailDomain(canonicalAddress(email))),
    };
  }
  const range = parseRange(pattern);
  return { kind, matches: ({ network }) => range !== null && network !== null && isInside(network, range) };
}

function addressMatcher(pattern: string): BlockMatcher["matches"] {
  if (!pattern.includes(STAR)) return ({ email }) => canonicalAddress(email) === pattern;
  const canonical = canonicalPattern(pattern);
  return ({ email }) =>
    fits(pattern, typedAddress(email)) || (canonical !== null && fits(canonical, canonicalAddress(email)));
}

/** The same pattern for canonical addresses; null where it speaks of what they have no longer, such as a sub-address. */
function canonicalPattern(pattern: string): string | null {
  const canonical = canonicalAddress(pattern);
  const name = (address: string) => address.slice(0, address.lastIndexOf("@")).replace(/[._-]/g, "");
  return name(canonical) === name(pattern) ? canonical : null;
}

/** The hosts that the pattern of a domain names, by parts: the last ones must fit, and before them there may be more. */
export function domainMatcher(pattern: string): (host: string) => boolean {
  const below = pattern.startsWith(EVERYTHING_BELOW);
  const parts = (below ? pattern.slice(EVERYTHING_BELOW.length) : pattern).split(".");
  return (host) => {
    const labels = host.split(".");
    const more = labels.length - parts.length;
    return more >= (below ? 1 : 0) && parts.every((part, place) => fits(part, labels[more + place] ?? ""));
  };
}

function isInside(network: string, [address, bits]: Range): boolean {
  const other = parseRange(network);
  return other !== null && other[0].kind() === address.kind() && other[0].match(address, bits);
}

// More would be a provider's, not somebody's.
const MOST_NETWORKS = 4_096;

function countNetworks([first, bits]: Range): number {
  return 2 ** (NARROWEST[first.kind()] - bits);
}

/** Whether a rule names so many networks that those of signatures which wait already cannot be compared with them. */
export function isWideNetwork({ kind, pattern }: BlockPattern): boolean {
  const range = kind === "NETWORK" ? parseRange(pattern) : null;
  return range !== null && countNetworks(range) > MOST_NETWORKS;
}

/** The single networks in a rule's range, as `Signing` names them: IPv4 addresses or IPv6 /64s. None for a wide range. */
export function networksIn({ pattern }: BlockPattern): string[] {
  const range = parseRange(pattern);
  if (!range) return [];
  const [first] = range;
  const single = NARROWEST[first.kind()];
  const count = countNetworks(range);
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
