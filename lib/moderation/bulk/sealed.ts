import { deploymentKey } from "@/lib/encryption/keys";
import { open, seal } from "@/lib/encryption/seal";
import { VaultError } from "@/lib/errors";
import type { Filters, View } from "@/lib/moderation/filters/rules";

const FILTERS = "bulk.conditions";
const reasonOf = (bulkActId: string) => `bulk.reason:${bulkActId}`;

/** The filters of a bulk action as they are kept: for one letter. */
export type KeptFilters = Filters & {
  letterId: string;
  /** How many networks were among them that are no longer known. */
  forgottenNetworks?: number;
};

/** Seals the filters of a bulk action: what was looked for may name somebody. */
export const sealFilters = (filters: KeptFilters) => seal(deploymentKey(), FILTERS, JSON.stringify(filters));

/** Opens sealed filters; null for a text that this deployment did not seal. */
export function openFilters(sealed: string): KeptFilters | null {
  try {
    const { states, ...filters } = JSON.parse(open(deploymentKey(), FILTERS, sealed)) as OldOrNew;
    return { ...filters, views: filters.views ?? viewsOf(states ?? []) };
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

/** Before bulk actions began from the queue they were chosen by states, whether on hold or not. */
type OldOrNew = KeptFilters & { states?: ("PENDING" | "VERIFIED" | "APPROVED")[] };

const viewsOf = (states: NonNullable<OldOrNew["states"]>) =>
  states.flatMap((state): View[] => (state === "VERIFIED" ? ["VERIFIED", "QUARANTINE"] : [state]));

/** Seals the reason of a bulk action: moderators may name people in it. */
export const sealReason = (bulkActId: string, reason: string) =>
  seal(deploymentKey(), reasonOf(bulkActId), reason);

/** Opens the reason of a bulk action. @throws VaultError where another deployment sealed it */
export const openReason = (bulkActId: string, sealed: string) =>
  open(deploymentKey(), reasonOf(bulkActId), sealed);
