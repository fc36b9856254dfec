import type { DataKey } from "@/lib/encryption/cipher";
import { decryptWith, encryptWith } from "@/lib/encryption/cipher";

/**
 * Encrypts a text.
 * @param context where the text belongs, such as `signature.address`; a ciphertext moved elsewhere does not open
 */
export function encrypt(key: DataKey, context: string, text: string): string {
  return encryptWith(key, context, Buffer.from(text, "utf8"));
}

/** Decrypts what `encrypt` made. @throws EncryptionError for another key, another context, or tampering */
export function decrypt(key: DataKey, context: string, encrypted: string): string {
  return Buffer.from(decryptWith(key, context, encrypted)).toString("utf8");
}
