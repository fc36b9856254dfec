import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { EncryptionError } from "@/lib/errors";
import type { Filters, View } from "@/lib/moderation/filters/rules";

const FILTERS = "bulk.conditions";
const reasonOf = (bulkActionId: string) => `bulk.reason:${bulkActionId}`;

export type KeptFilters = Filters & {
  letterId: string;
  /** How many networks were among them that are no longer known. */
  forgottenNetworks?: number;
};

/** Seals the filters of a bulk action: what was looked for may name somebody. */
export const encryptFilters = (filters: KeptFilters) =>
  encrypt(deploymentKey(), FILTERS, JSON.stringify(filters));

/** Decrypts encrypted filters; null for a text that this deployment did not encrypt. */
export function decryptFilters(encrypted: string): KeptFilters | null {
  try {
    const { states, ...filters } = JSON.parse(decrypt(deploymentKey(), FILTERS, encrypted)) as OldOrNew;
    return { ...filters, views: filters.views ?? viewsOf(states ?? []) };
  } catch (error) {
    if (error instanceof EncryptionError) return null;
    throw error;
  }
}

/** Before bulk actions began from the queue they were chosen by states, whether on hold or not. */
type OldOrNew = KeptFilters & { states?: ("PENDING" | "VERIFIED" | "APPROVED")[] };

const viewsOf = (states: NonNullable<OldOrNew["states"]>) =>
  states.flatMap((state): View[] => (state === "VERIFIED" ? ["VERIFIED", "HOLD"] : [state]));

/** Seals the reason of a bulk action: moderators may name people in it. */
export const encryptReason = (bulkActionId: string, reason: string) =>
  encrypt(deploymentKey(), reasonOf(bulkActionId), reason);

/** Decrypts the reason of a bulk action. @throws EncryptionError where another deployment encrypted it */
export const decryptReason = (bulkActionId: string, encrypted: string) =>
  decrypt(deploymentKey(), reasonOf(bulkActionId), encrypted);
