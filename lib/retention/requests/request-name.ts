import { decryptBytes, encryptBytes } from "@/lib/encryption/cipher";
import { deploymentKey } from "@/lib/encryption/keys";
import { canonicalAddress } from "@/lib/fields/addresses/rules";
import { patternHash } from "@/lib/moderation/blocklist/encrypted-rule";
import { addressHash, spellingHash } from "@/lib/signatures/claim";

const CONTEXT = "data-request";
const MINUTES = 15;

/** Whom an owner looks for: by hashes that this deployment alone can make. */
export type Wanted = {
  addressHash: string;
  spellingHash: string;
  /** Of the blocklist's rule about the address, should there be one. */
  ruleHash: string;
};

export const wantedAt = (email: string): Wanted => ({
  addressHash: addressHash(email),
  spellingHash: spellingHash(email),
  ruleHash: patternHash({ kind: "ADDRESS", pattern: canonicalAddress(email) }),
});

/**
 * Names a request in addresses: what it is about, whose it is and until when it works, encrypted. Two requests about one person
 * have different names, and nothing is stored.
 */
export function nameRequest(adminId: string, wanted: Wanted, now: Date): string {
  const until = now.getTime() + MINUTES * 60_000;
  const contents = JSON.stringify([adminId, until, wanted]);
  return encryptBytes(deploymentKey(), CONTEXT, Buffer.from(contents)).toString("base64url");
}

/** Whom a request is about; null for another administrator's, one that is over, and what is none. */
export function readRequest(adminId: string, name: string, now: Date): Wanted | null {
  try {
    const bytes = decryptBytes(deploymentKey(), CONTEXT, Buffer.from(name, "base64url"));
    const [whose, until, wanted] = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return whose === adminId && until > now.getTime() ? wanted : null;
  } catch {
    return null;
  }
}
