import { CANONICAL_FORM, canonicalAddress } from "@/lib/mail-address/rules";
import { foldName } from "@/lib/names/rules";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { keyedHash } from "@/lib/vault/hash";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** Who signs what, in which language, and when. */
export type Signing = { slug: string; locale: string; input: SignatureInput; now: Date };

/** A signing, with the claim that only one living signature holds. */
export type Claimed = Signing & { letterId: string; claim: string };

// The hashes name the canonical form that they were made with: another form finds other rows.
const form = (purpose: string) => `${purpose}-${CANONICAL_FORM}`;

/** The hash under which an address is found again, over all its spellings. */
export function addressHash(email: string): string {
  return keyedHash(form("address"), canonicalAddress(email));
}

/**
 * What one mailbox may hold once for a letter: one signature as an individual, one for each organisation.
 * @param name the organisation's name; an individual's does not matter
 */
export function claimOf(letterId: string, email: string, kind: SignatoryKind, name: string): string {
  const party = kind === "ORGANISATION" ? foldName(name) : "";
  return keyedHash(form("claim"), letterId, canonicalAddress(email), kind, party);
}

/** What an organisation on the list holds: it counts once per letter. Namesakes of two countries are two. */
export function listingOf(letterId: string, name: string, country: string): string {
  return keyedHash(form("listing"), letterId, foldName(name), country);
}
