import { keyedHash } from "@/lib/encryption/hash";
import { deploymentKey } from "@/lib/encryption/keys";
import { open, seal } from "@/lib/encryption/seal";
import { VaultError } from "@/lib/errors";
import type { BlockPattern } from "@/lib/moderation/blocklist/rules";
import type { AskedBlock } from "@/lib/moderation/blocklist/schemas";

/** Seals the pattern of a rule: an address is somebody's. */
export const sealPattern = (pattern: string) => seal(deploymentKey(), "block.pattern", pattern);

/** Opens a stored pattern. @throws VaultError where another deployment sealed it */
export const openPattern = (sealed: string) => open(deploymentKey(), "block.pattern", sealed);

/** Seals why a rule was made: it may speak of somebody. */
export const sealReason = (reason: string) => seal(deploymentKey(), "block.reason", reason);

/** Opens a stored reason. @throws VaultError where another deployment sealed it */
export const openReason = (sealed: string) => open(deploymentKey(), "block.reason", sealed);

/** The hash by which a rule is there only once. */
export const patternHash = ({ kind, pattern }: BlockPattern) => keyedHash("block-1", kind, pattern);

const ASKED = "block.asked";

/** Seals a rule that is still to be confirmed, for an address of ours: addresses are kept in histories and logs. */
export const sealAsked = (block: AskedBlock) => seal(deploymentKey(), ASKED, JSON.stringify(block));

/** Opens it; null for a text that this deployment did not seal. */
export function openAsked(sealed: unknown): AskedBlock | null {
  try {
    return typeof sealed === "string" ? JSON.parse(open(deploymentKey(), ASKED, sealed)) : null;
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
