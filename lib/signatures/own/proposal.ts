import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

/** What is to be shown of a signature: all of it, so that a moderator approves exactly this. */
export type Proposed = { country: string; fields: SignatoryFields };

const CONTEXT = "proposal.contents";

export const encryptProposed = (key: DataKey, proposed: Proposed): string =>
  encrypt(key, CONTEXT, JSON.stringify(proposed));

export const decryptProposed = (key: DataKey, contents: string): Proposed =>
  JSON.parse(decrypt(key, CONTEXT, contents));

/** Why a moderator refused a change, encrypted under the signature's key. */
export const encryptRefusal = (key: DataKey, reason: string) => encrypt(key, "proposal.reason", reason);
export const decryptRefusal = (key: DataKey, reason: string) => decrypt(key, "proposal.reason", reason);

/** Whether two are shown alike. */
export const isSame = (one: Proposed, other: Proposed) => formOf(one) === formOf(other);

const formOf = ({ country, fields }: Proposed) =>
  JSON.stringify([
    country,
    Object.entries({ representativePublic: false, ...fields })
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
