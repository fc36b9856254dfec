import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { type DataKey, decryptDataKey } from "@/lib/encryption/keys";

const COUNTRY = "signatory.country";
const LANGUAGE = "signature.locale";
/** Ciphertexts are as long as their texts: shorter languages are filled up. */
const LANGUAGE_LENGTH = 16;
const ENCRYPTED = "x1.";
/** CLDR's code for a country that nobody knows. */
const UNKNOWN = "ZZ";

/** A signatory's country: in the clear while it is shown, and encrypted always. */
export type CountryColumns = { country: string | null; encryptedCountry: string | null };

/** Seals the country of a signatory: beside a time and a language it may tell who somebody is. */
export const encryptCountry = (key: DataKey, country: string) => encrypt(key, COUNTRY, country);

/** Opens it. Rows of earlier versions have it in the clear only. */
export function decryptCountry(key: DataKey, { country, encryptedCountry }: CountryColumns): string {
  return encryptedCountry ? decrypt(key, COUNTRY, encryptedCountry) : (country ?? UNKNOWN);
}

/** The same for a row whose key is still wrapped. */
export function countryOf(
  signatureId: string,
  key: { wrapped: string } | null,
  columns: CountryColumns,
): string {
  return key && columns.encryptedCountry
    ? decryptCountry(decryptDataKey(signatureId, key.wrapped), columns)
    : (columns.country ?? UNKNOWN);
}

/** Seals the language in which somebody signed, which their mails are in. */
export const encryptLanguage = (key: DataKey, locale: string) =>
  encrypt(key, LANGUAGE, locale.padEnd(LANGUAGE_LENGTH));

/** Opens it. Rows of earlier versions have it in the clear. */
export const decryptLanguage = (key: DataKey, text: string) =>
  text.startsWith(ENCRYPTED) ? decrypt(key, LANGUAGE, text).trimEnd() : text;
