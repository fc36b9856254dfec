import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { randomBytes } from "@/lib/encryption/random";
import { EncryptionError } from "@/lib/errors";

/** A symmetric key and the short name that its ciphertexts carry. */
export type DataKey = { id: string; bytes: Uint8Array };

const NONCE_BYTES = 24;
const FORMAT = "x1";

/**
 * Encrypts bytes with XChaCha20-Poly1305 under a random nonce.
 * @param context authenticated, not stored: the same must be given to open
 * @returns `x1.<key id>.<nonce and ciphertext in base64url>`
 */
export function encryptWith(key: DataKey, context: string, bytes: Uint8Array): string {
  return `${FORMAT}.${key.id}.${encryptBytes(key, context, bytes).toString("base64url")}`;
}

/** The same for bytes that stay bytes: nonce and ciphertext. */
export function encryptBytes(key: DataKey, context: string, bytes: Uint8Array): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const encrypted = xchacha20poly1305(key.bytes, nonce, Buffer.from(context)).encrypt(bytes);
  return Buffer.concat([nonce, encrypted]);
}

/** Decrypts what `encryptWith` made. @throws EncryptionError for another key, another context, or tampering */
export function decryptWith(key: DataKey, context: string, encrypted: string): Uint8Array {
  const [format, keyId, data] = encrypted.split(".");
  if (format !== FORMAT || keyId !== key.id || !data)
    throw new EncryptionError("encrypted by another key or in another form");
  return decryptBytes(key, context, Buffer.from(data, "base64url"));
}

/** Decrypts what `encryptBytes` made. @throws EncryptionError as above */
export function decryptBytes(key: DataKey, context: string, bytes: Uint8Array): Uint8Array {
  try {
    const nonce = new Uint8Array(bytes.subarray(0, NONCE_BYTES));
    return xchacha20poly1305(key.bytes, nonce, Buffer.from(context)).decrypt(
      new Uint8Array(bytes.subarray(NONCE_BYTES)),
    );
  } catch {
    throw new EncryptionError("does not open with this key in this context");
  }
}
