import { createHash, hkdfSync } from "node:crypto";
import { type DataKey, decryptWith, encryptWith } from "@/lib/encryption/cipher";
import { randomBytes } from "@/lib/encryption/random";
import { env } from "@/lib/env";
import { EncryptionError } from "@/lib/errors";

const KEY_BYTES = 32;
const derived = new Map<string, Uint8Array>();
let keyId: string | undefined;

/**
 * A key for one purpose, derived from the deployment's key (HKDF-SHA-256, RFC 5869).
 * @returns 32 bytes, the same for the same purpose and deployment
 */
export function deriveKey(purpose: string): Uint8Array {
  const known = derived.get(purpose);
  if (known) return known;
  const bytes = new Uint8Array(hkdfSync("sha256", env().encryptionKey, "undersigned", purpose, KEY_BYTES));
  derived.set(purpose, bytes);
  return bytes;
}

/** The short public name of the deployment's key, so that ciphertexts and hashes say which key made them. */
export function deploymentKeyId(): string {
  keyId ??= createHash("sha256").update(deriveKey("key-id")).digest("hex").slice(0, 8);
  return keyId;
}

/** The deployment's own key, for what belongs to no signature. */
export function deploymentKey(): DataKey {
  return { id: deploymentKeyId(), bytes: deriveKey("encrypt") };
}

/**
 * Makes a data key for one signature.
 * @returns the key, and the same key wrapped by the deployment's, for `SignatureKey.wrapped`
 */
export function createDataKey(signatureId: string): { key: DataKey; wrapped: string } {
  const bytes = randomBytes(KEY_BYTES);
  return { key: { id: "own", bytes }, wrapped: encryptWith(wrappingKey(), wrapContext(signatureId), bytes) };
}

/** Unwraps a signature's data key. @throws EncryptionError where it was wrapped by another key or for another signature */
export function decryptDataKey(signatureId: string, wrapped: string): DataKey {
  const bytes = decryptWith(wrappingKey(), wrapContext(signatureId), wrapped);
  if (bytes.length !== KEY_BYTES) throw new EncryptionError("a wrapped key has the wrong length");
  return { id: "own", bytes };
}

const wrappingKey = (): DataKey => ({ id: deploymentKeyId(), bytes: deriveKey("wrap") });
const wrapContext = (signatureId: string) => `signature-key:${signatureId}`;
