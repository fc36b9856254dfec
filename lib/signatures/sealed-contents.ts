import type { DataKey } from "@/lib/encryption/keys";
import { open, seal } from "@/lib/encryption/seal";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { sealCountry, sealLanguage } from "@/lib/signatures/sealed-origin";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

/** The sealed columns of a signature and its signatory. */
export type SealedContents = {
  address: string;
  comment: string | null;
  typed: string;
  sealedCountry: string;
  sealedLanguage: string;
};

/** Seals what a visitor typed under the signature's data key. */
export function sealContents(key: DataKey, input: SignatureInput, locale: string): SealedContents {
  return {
    address: seal(key, "signature.address", input.email),
    comment: input.comment && seal(key, "signature.comment", input.comment),
    typed: seal(key, "signatory.typed", JSON.stringify(input.signatory)),
    sealedCountry: sealCountry(key, input.country),
    sealedLanguage: sealLanguage(key, locale),
  };
}

/**
 * Opens what a signatory says of itself: as a moderator corrected it, else as typed.
 * @throws VaultError where the key is another's
 */
export function openSignatory(
  key: DataKey,
  sealed: { typed: string; corrected: string | null },
): SignatoryFields {
  return sealed.corrected
    ? JSON.parse(open(key, "signatory.corrected", sealed.corrected))
    : JSON.parse(open(key, "signatory.typed", sealed.typed));
}
