import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";

const COUNTRY = "signatory.country";
const LANGUAGE = "signature.locale";
/** Ciphertexts are as long as their texts: shorter languages are filled up. */
const LANGUAGE_LENGTH = 16;
const ENCRYPTED = "x1.";
/** CLDR's code for a country that nobody knows. */
const UNKNOWN = "ZZ";

/** Encrypts the country of a signatory: beside a time and a language it may tell who somebody is. */
export const encryptCountry = (key: DataKey, country: string) => encrypt(key, COUNTRY, country);

/** Opens it. Rows of earlier versions have it in the clear until a job has encrypted it. */
export function decryptCountry(key: DataKey, text: string | null): string {
  return isEncrypted(text) ? decrypt(key, COUNTRY, text) : (text ?? UNKNOWN);
}

/** The same for a row whose key is still wrapped. */
export function countryOf(signatureId: string, key: { wrapped: string } | null, text: string | null): string {
  if (!isEncrypted(text)) return text ?? UNKNOWN;
  return key ? decryptCountry(decryptDataKey(signatureId, key.wrapped), text) : UNKNOWN;
}

/** Whether a text is a ciphertext, and none that an earlier version kept in the clear. */
export const isEncrypted = (text: string | null): text is string => text?.startsWith(ENCRYPTED) ?? false;

/** Encrypts the language in which somebody signed, which their mails are in. */
export const encryptLanguage = (key: DataKey, locale: string) =>
  encrypt(key, LANGUAGE, locale.padEnd(LANGUAGE_LENGTH));

/** Opens it. Rows of earlier versions have it in the clear. */
export const decryptLanguage = (key: DataKey, text: string) =>
  isEncrypted(text) ? decrypt(key, LANGUAGE, text).trimEnd() : text;
