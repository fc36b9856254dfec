import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { deploymentKeyId, deriveKey } from "@/lib/encryption/keys";

/**
 * A hash that only this deployment can compute (HMAC-SHA-256), to find a value again without storing it.
 * @param purpose keeps hashes of the same value for different ends apart; says the canonical form too
 * @returns `<key id>.<purpose>.<hash in base64url>`
 */
export function keyedHash(purpose: string, ...parts: string[]): string {
  const mac = createHmac("sha256", hashKey(purpose));
  // Each part carries its length, so that no two lists of parts run together.
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:${part}`);
  return `${deploymentKeyId()}.${purpose}.${mac.digest("base64url")}`;
}

/** A secret for another library, derived from the deployment's key. */
export function derivedSecret(purpose: string): string {
  return Buffer.from(deriveKey(`secret:${purpose}`)).toString("base64url");
}

const hashKeys = new Map<string, KeyObject>();

function hashKey(purpose: string): KeyObject {
  const known = hashKeys.get(purpose);
  if (known) return known;
  const key = createSecretKey(deriveKey(`hash:${purpose}`));
  hashKeys.set(purpose, key);
  return key;
}
