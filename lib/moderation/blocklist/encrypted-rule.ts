import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { keyedHash } from "@/lib/encryption/hash";
import { deploymentKey } from "@/lib/encryption/keys";
import { EncryptionError } from "@/lib/errors";
import type { BlockPattern } from "@/lib/moderation/blocklist/rules";
import type { AskedBlock } from "@/lib/moderation/blocklist/schemas";

/** Encrypts the pattern of a rule: an address is somebody's. */
export const encryptPattern = (pattern: string) => encrypt(deploymentKey(), "block.pattern", pattern);

/** Decrypts a stored pattern. @throws EncryptionError where another deployment encrypted it */
export const decryptPattern = (encrypted: string) => decrypt(deploymentKey(), "block.pattern", encrypted);

/** Encrypts why a rule was made: it may speak of somebody. */
export const encryptReason = (reason: string) => encrypt(deploymentKey(), "block.reason", reason);

/** Decrypts a stored reason. @throws EncryptionError where another deployment encrypted it */
export const decryptReason = (encrypted: string) => decrypt(deploymentKey(), "block.reason", encrypted);

export const patternHash = ({ kind, pattern }: BlockPattern) => keyedHash("block-1", kind, pattern);

const ASKED = "block.asked";

/** Encrypts a rule that is still to be confirmed, for an address of ours: addresses are kept in histories and logs. */
export const encryptAsked = (block: AskedBlock) => encrypt(deploymentKey(), ASKED, JSON.stringify(block));

/** Opens it; null for a text that this deployment did not encrypt. */
export function decryptAsked(encrypted: unknown): AskedBlock | null {
  try {
    return typeof encrypted === "string" ? JSON.parse(decrypt(deploymentKey(), ASKED, encrypted)) : null;
  } catch (error) {
    if (error instanceof EncryptionError) return null;
    throw error;
  }
}
