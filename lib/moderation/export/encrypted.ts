import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import type { OfLetter } from "@/lib/moderation/export/chosen";

const FILTERS = "export.filters";

/** Encrypts by what the signatures of a file were chosen: what was looked for may name somebody. */
export const encryptFilters = (filters: OfLetter) =>
  encrypt(deploymentKey(), FILTERS, JSON.stringify(filters));

/** @throws EncryptionError where another deployment encrypted it */
export const decryptFilters = (encrypted: string): OfLetter =>
  JSON.parse(decrypt(deploymentKey(), FILTERS, encrypted));
