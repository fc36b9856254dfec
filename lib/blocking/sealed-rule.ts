import type { BlockPattern } from "@/lib/blocking/rules";
import { keyedHash } from "@/lib/vault/hash";
import { deploymentKey } from "@/lib/vault/keys";
import { open, seal } from "@/lib/vault/seal";

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
