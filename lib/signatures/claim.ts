import { keyedHash } from "@/lib/encryption/hash";
import {
  CANONICAL_FORM,
  canonicalAddress,
  linkAddress,
  mailDomain,
  spelledAddress,
} from "@/lib/fields/addresses/rules";
import { foldName } from "@/lib/fields/names/rules";
import { wideNetwork } from "@/lib/http/client-address";
import { CONSENT_VERSION } from "@/lib/signatures/consent";
import type { SignatureInput } from "@/lib/signatures/schemas";
import type { HoldReason, SignatoryKind } from "@/prisma/generated/enums";

export type Signing = {
  slug: string;
  locale: string;
  input: SignatureInput;
  now: Date;
  /** The client's network: an IPv4 address, or an IPv6 /64 such as `2001:db8:1:2::/64`. Null where nobody knows it. */
  network?: string | null;
  /** The proof of work that came with the form. */
  proofOfWork?: string | null;
  /** Whether the browser can make a proof and ask again, if one is wanted. */
  asksBack?: boolean;
  /** The number of the version that the form showed, where it says so. */
  version?: number;
  /** The organiser's own line that was agreed to. */
  consentLine?: string | null;
};

export type Claimed = Signing & Judgement & { letterId: string; claim: string; digest: string };

/** What is judged of a signing before it is stored. */
export type Judgement = {
  hold: HoldReason | null;
  /** Whether it may cause a mail, within the mail limits. */
  mails: boolean;
  /** Whether a proof of work was wanted and did not come. */
  unchecked: boolean;
  /** Whether one came, wanted or not. */
  checked: boolean;
};

// The hashes name the canonical form that they were made with: another form finds other rows.
const form = (purpose: string) => `${purpose}-${CANONICAL_FORM}`;

/** The hash under which an address is found again, over all its spellings. */
export function addressHash(email: string): string {
  return keyedHash(form("address"), canonicalAddress(email));
}

/** The hash under which one spelling of an address is found again: the plain spelling has the hash of all of them. */
export function spellingHash(email: string): string {
  return keyedHash(form("address"), spelledAddress(email));
}

/** The hash of the mailbox that an address's links go to: the plain spelling has the hash of all of them. */
export function mailboxHash(email: string): string {
  return keyedHash(form("address"), linkAddress(email));
}

/** What two submissions have in common that are one: all that was typed but how to email, and what was agreed to. */
export function contentDigest(
  { email, signatory, discreet: _, ...rest }: SignatureInput,
  consent = CONSENT_VERSION,
): string {
  const fields = Object.entries({ ...rest, ...signatory }).sort(([one], [other]) => (one < other ? -1 : 1));
  return keyedHash("content-1", consent, spelledAddress(email), JSON.stringify(fields));
}

/** The hash under which the signatures of one mail domain are found; aliases of a provider's domain stay apart. */
export function domainHash(email: string): string {
  return hashOfDomain(mailDomain(email));
}

/** The same hash from the domain alone. @param domain in ASCII and lower case, as `mailDomain` and `asciiDomain` give it */
export function hashOfDomain(domain: string): string {
  return keyedHash("domain", domain);
}

/** The hash under which the signatures of one network are found. @param network as in `Signing` */
export function networkHash(network: string): string {
  return keyedHash("network", network);
}

/** The hash of the network by which shares are counted, of an IPv6 client the /48. @param network as in `Signing` */
export function wideNetworkHash(network: string): string {
  return networkHash(wideNetwork(network) ?? network);
}

/**
 * What one mailbox may hold once for a letter, from the confirmation on: one signature for each name, of an organisation or
 * of one of the people who share it.
 */
export function claimOf(letterId: string, email: string, kind: SignatoryKind, name: string): string {
  return keyedHash(form("claim"), letterId, canonicalAddress(email), kind, foldName(name));
}

/** What an organisation on the list holds: it counts once per letter. Namesakes of two countries are two. */
export function listingOf(letterId: string, name: string, country: string): string {
  return keyedHash(form("listing"), letterId, foldName(name), country);
}
