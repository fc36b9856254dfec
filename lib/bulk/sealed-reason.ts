import { deploymentKey } from "@/lib/vault/keys";
import { open, seal } from "@/lib/vault/seal";

const context = (bulkActId: string) => `bulk.reason:${bulkActId}`;

/** Seals the reason of a bulk act: moderators may name people in it. */
export const sealReason = (bulkActId: string, reason: string) =>
  seal(deploymentKey(), context(bulkActId), reason);

/** Opens the reason of a bulk act. @throws VaultError where another deployment sealed it */
export const openReason = (bulkActId: string, sealed: string) =>
  open(deploymentKey(), context(bulkActId), sealed);
