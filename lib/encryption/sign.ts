import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { deriveKey } from "@/lib/encryption/keys";

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Signs a text with a key for one purpose, derived from the deployment's own (Ed25519, RFC 8032): this deployment alone can, and
 * everybody who has the public key can check it.
 * @returns the signature in base64url, the same for the same text always
 */
export function signText(purpose: string, text: string): string {
  return sign(null, Buffer.from(text, "utf8"), privateKey(purpose)).toString("base64url");
}

/** Whether this deployment signed just this text for this purpose. */
export function isSignedText(purpose: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, "base64url");
  return verify(null, Buffer.from(text, "utf8"), createPublicKey(privateKey(purpose)), bytes);
}

/** The public key of a purpose: 32 bytes in base64url, the `x` of a JSON Web Key. */
export function publicSigningKey(purpose: string): string {
  return createPublicKey(privateKey(purpose)).export({ format: "jwk" }).x ?? "";
}

function privateKey(purpose: string): KeyObject {
  const key = Buffer.concat([HEAD, deriveKey(`sign:${purpose}`)]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}
