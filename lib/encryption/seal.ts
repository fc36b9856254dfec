import { openWith, sealWith } from "@/lib/encryption/cipher";
import type { DataKey } from "@/lib/encryption/keys";

/**
 * Encrypts a text.
 * @param context where the text belongs, such as `signature.address`; a ciphertext moved elsewhere does not open
 */
export function seal(key: DataKey, context: string, text: string): string {
  return sealWith(key, context, Buffer.from(text, "utf8"));
}

/** Decrypts what `seal` made. @throws VaultError for another key, another context, or tampering */
export function open(key: DataKey, context: string, sealed: string): string {
  return Buffer.from(openWith(key, context, sealed)).toString("utf8");
}
