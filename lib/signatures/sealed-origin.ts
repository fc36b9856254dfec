import { type DataKey, openDataKey } from "@/lib/encryption/keys";
import { open, seal } from "@/lib/encryption/seal";

const COUNTRY = "signatory.country";
const LANGUAGE = "signature.locale";
/** Ciphertexts are as long as their texts: shorter languages are filled up. */
const LANGUAGE_LENGTH = 16;
const SEALED = "x1.";
/** CLDR's code for a country that nobody knows. */
const UNKNOWN = "ZZ";

/** A signatory's country: in the clear while it is shown, and sealed always. */
export type CountryColumns = { country: string | null; sealedCountry: string | null };

/** Seals the country of a signatory: beside a time and a language it may tell who somebody is. */
export const sealCountry = (key: DataKey, country: string) => seal(key, COUNTRY, country);

/** Opens it. Rows of earlier versions have it in the clear only. */
export function openCountry(key: DataKey, { country, sealedCountry }: CountryColumns): string {
  return sealedCountry ? open(key, COUNTRY, sealedCountry) : (country ?? UNKNOWN);
}

/** The same for a row whose key is still wrapped. */
export function countryOf(
  signatureId: string,
  key: { wrapped: string } | null,
  columns: CountryColumns,
): string {
  return key && columns.sealedCountry
    ? openCountry(openDataKey(signatureId, key.wrapped), columns)
    : (columns.country ?? UNKNOWN);
}

/** Seals the language in which somebody signed, which their mails are in. */
export const sealLanguage = (key: DataKey, locale: string) =>
  seal(key, LANGUAGE, locale.padEnd(LANGUAGE_LENGTH));

/** Opens it. Rows of earlier versions have it in the clear. */
export const openLanguage = (key: DataKey, text: string) =>
  text.startsWith(SEALED) ? open(key, LANGUAGE, text).trimEnd() : text;
