import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { encryptCountry, encryptLanguage } from "@/lib/signatures/encrypted-origin";
import type { SignatureInput } from "@/lib/signatures/schemas";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

type EncryptedContents = {
  address: string;
  comment: string | null;
  typed: string;
  encryptedCountry: string;
  encryptedLanguage: string;
};

/** Encrypts what a visitor typed under the signature's data key. */
export function encryptContents(key: DataKey, input: SignatureInput, locale: string): EncryptedContents {
  return {
    address: encrypt(key, "signature.address", input.email),
    comment: input.comment && encrypt(key, "signature.comment", input.comment),
    typed: encrypt(key, "signatory.typed", JSON.stringify(input.signatory)),
    encryptedCountry: encryptCountry(key, input.country),
    encryptedLanguage: encryptLanguage(key, locale),
  };
}

/**
 * Opens what a signatory says of itself: as a moderator corrected it, else as typed.
 * @throws EncryptionError where the key is another's
 */
export function decryptSignatory(
  key: DataKey,
  encrypted: { typed: string; corrected: string | null },
): SignatoryFields {
  return encrypted.corrected
    ? JSON.parse(decrypt(key, "signatory.corrected", encrypted.corrected))
    : JSON.parse(decrypt(key, "signatory.typed", encrypted.typed));
}
