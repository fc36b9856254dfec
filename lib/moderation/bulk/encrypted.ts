import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { EncryptionError } from "@/lib/errors";
import type { Filters, View } from "@/lib/moderation/filters/rules";
import type { HoldReason } from "@/prisma/generated/enums";

const FILTERS = "bulk.conditions";
const reasonOf = (bulkActionId: string) => `bulk.reason:${bulkActionId}`;

export type KeptFilters = Filters & {
  letterId: string;
  /** How many networks were among them that are no longer known. */
  forgottenNetworks?: number;
};

/** Encrypts the filters of a bulk action: what was looked for may name somebody. */
export const encryptFilters = (filters: KeptFilters) =>
  encrypt(deploymentKey(), FILTERS, JSON.stringify(filters));

/** Decrypts encrypted filters; null for a text that this deployment did not encrypt. */
export function decryptFilters(encrypted: string): KeptFilters | null {
  try {
    return today(JSON.parse(decrypt(deploymentKey(), FILTERS, encrypted)));
  } catch (error) {
    if (error instanceof EncryptionError) return null;
    throw error;
  }
}

type Filtered = Omit<KeptFilters, "views" | "holds">;
type OldOrNew = Filtered & { views?: string[]; states?: string[]; holds?: string[]; quarantines?: string[] };

/** What earlier versions called otherwise. */
const RENAMED: Record<string, string> = { QUARANTINE: "HOLD", UNPROVEN: "UNCHECKED", INVALIDATED: "BULK" };
const renamed = <Name extends string>(names: string[]) =>
  names.map((name) => (RENAMED[name] ?? name) as Name);

/** Filters as they are kept today. At first bulk actions were chosen by states, whether on hold or not. */
function today({ states, views, holds, quarantines, ...filters }: OldOrNew): KeptFilters {
  const shown = views ?? states?.flatMap((state) => (state === "VERIFIED" ? [state, "HOLD"] : [state]));
  return {
    ...filters,
    views: renamed<View>(shown ?? []),
    holds: renamed<HoldReason>(holds ?? quarantines ?? []),
  };
}

/** Encrypts the reason of a bulk action: moderators may name people in it. */
export const encryptReason = (bulkActionId: string, reason: string) =>
  encrypt(deploymentKey(), reasonOf(bulkActionId), reason);

/** Decrypts the reason of a bulk action. @throws EncryptionError where another deployment encrypted it */
export const decryptReason = (bulkActionId: string, encrypted: string) =>
  decrypt(deploymentKey(), reasonOf(bulkActionId), encrypted);
