import ipaddr from "ipaddr.js";
import { getDomain } from "tldts";
import { addressProblems, canonicalAddress, cleanAddress, mailDomain } from "@/lib/fields/addresses/rules";
import { asciiDomain } from "@/lib/fields/websites/domain";
import type { BlockKind } from "@/prisma/generated/enums";

/** What a rule of the blocklist names, in the one spelling in which it is kept and looked up. */
export type BlockPattern = { kind: BlockKind; pattern: string };

const PROBLEMS = ["required", "format", "tooWide", "wholeDomain", "star"] as const;

/** Codes of what is wrong with a pattern; the sentences are in the messages `errors`. */
type PatternProblem = (typeof PROBLEMS)[number];

export type Blockable = { email: string; network: string | null };

// Below these a rule would name whole countries.
const WIDEST = { ipv4: 8, ipv6: 16 } as const;
// A household has a /64: nothing narrower is told apart.
const NARROWEST = { ipv4: 32, ipv6: 64 } as const;

/**
 * Reads a pattern as an administrator types it. A domain names itself and everything below, an address its mailbox in
 * all spellings, a network itself or a CIDR range.
 */
export function readPattern(kind: BlockKind, text: string): BlockPattern | PatternProblem {
  const typed = cleanAddress(text);
  if (!typed) return "required";
  const pattern = { DOMAIN: readDomain, ADDRESS: readAddress, NETWORK: readNetwork }[kind](typed);
  return PROBLEMS.find((problem) => problem === pattern) ?? { kind, pattern };
}

function readDomain(typed: string): string {
  const plain = typed.replace(/^(?:\*?@|\*\.)/, "");
  if (plain.includes("*")) return "star";
  const domain = asciiDomain(plain);
  if (!domain) return "format";
  // A top-level domain, or co.uk.
  return getDomain(domain) ? domain : "tooWide";
}

function readAddress(typed: string): string {
  // Also written with a compatible character, such as a full-width star.
  const plain = typed.normalize("NFKC");
  if (plain.startsWith("*@")) return "wholeDomain";
  if (plain.includes("*")) return "star";
  return addressProblems(typed).length > 0 ? "format" : canonicalAddress(typed);
}

function readNetwork(typed: string): string {
  const range = parseRange(typed);
  if (!range) return "format";
  const [address, bits] = range;
  const kind = address.kind();
  return bits < WIDEST[kind] ? "tooWide" : rangeAround(address, Math.min(bits, NARROWEST[kind]));
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address or a CIDR range; IPv4 inside IPv6 is IPv4. Null for anything else, such as an address of three parts. */
function parseRange(text: string): [Address, bits: number] | null {
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

function rangeAround(address: Address, bits: number): string {
  const whole = `${address}/${bits}`;
  const family = address.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(whole)}/${bits}`;
}

/**
 * Every rule that would name a mailbox or a network; the kinds that stop mail come first.
 * @param lengths of the ranges, in bits, that there are rules for: each costs a hash
 */
export function rulesNaming({ email, network }: Blockable, lengths: Iterable<number> = []): BlockPattern[] {
  const canonical = canonicalAddress(email);
  const domains = new Set([mailDomain(email), mailDomain(canonical)].flatMap(domainsAround));
  return [
    { kind: "ADDRESS", pattern: canonical },
    ...[...domains].map((pattern) => ({ kind: "DOMAIN" as const, pattern })),
    ...rangesAround(network, lengths).map((pattern) => ({ kind: "NETWORK" as const, pattern })),
  ];
}

/** A domain and those above it; those above it also as `*.example.org`, which older rules say for all below it. */
function domainsAround(domain: string): string[] {
  const labels = domain.split(".");
  const around = labels.slice(0, -1).map((_, first) => labels.slice(first).join("."));
  return [...around, ...around.slice(1).map((above) => `*.${above}`)];
}

/** The ranges of some lengths that a network lies in. */
function rangesAround(network: string | null, lengths: Iterable<number>): string[] {
  const [address] = (network !== null && parseRange(network)) || [];
  if (!address) return [];
  const most = NARROWEST[address.kind()];
  return [...lengths].flatMap((bits) => (bits <= most ? [rangeAround(address, bits)] : []));
}

/** Whether a rule was made when a star stood for any characters, and names nobody any more. */
export const isRetired = ({ pattern }: BlockPattern) => pattern.replace(/^\*\./, "").includes("*");

// More would be a provider's, not somebody's.
const MOST_NETWORKS = 4_096;

const countNetworks = (first: Address, bits: number) => 2 ** (NARROWEST[first.kind()] - bits);

/** Whether a rule names so many networks that those of signatures which wait already cannot be compared with them. */
export function isWideNetwork({ kind, pattern }: BlockPattern): boolean {
  const range = kind === "NETWORK" ? parseRange(pattern) : null;
  return range !== null && countNetworks(...range) > MOST_NETWORKS;
}

/** The single networks in a rule's range, as `Signing` names them: IPv4 addresses or IPv6 /64s. None for a wide range. */
export function networksIn({ pattern }: BlockPattern): string[] {
  const range = parseRange(pattern);
  const count = range ? countNetworks(...range) : 0;
  if (!range || count > MOST_NETWORKS) return [];
  const [first] = range;
  return Array.from({ length: count }, (_, place) => networkAfter(first, place));
}

function networkAfter(first: Address, place: number): string {
  const bits = NARROWEST[first.kind()];
  const bytes = first.toByteArray();
  for (let at = bits / 8 - 1, rest = place; rest > 0; at--) {
    rest += bytes[at] ?? 0;
    bytes[at] = rest & 0xff;
    rest >>= 8;
  }
  const address = ipaddr.fromByteArray(bytes);
  return address.kind() === "ipv4" ? `${address}` : `${address}/${bits}`;
}
