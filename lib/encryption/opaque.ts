import { gcmsiv } from "@noble/ciphers/aes.js";
import { deriveKey } from "@/lib/encryption/keys";

/** This cipher stays safe where a nonce is used again, so one nonce serves for all and equal texts become equal names. */
const NONCE = new Uint8Array(12);

/**
 * Makes of a text a name that says nothing and that only this deployment can read (AES-256-GCM-SIV, RFC 8452). The same
 * text has the same name always, so that addresses and answers that hold it stay the same.
 * @param context where the name is used; a name from elsewhere is not read
 */
export function opaqueName(context: string, text: string): string {
  return Buffer.from(cipher(context).encrypt(Buffer.from(text, "utf8"))).toString("base64url");
}

/** The text behind a name that `opaqueName` made; null for any other. */
export function readOpaqueName(context: string, name: string): string | null {
  try {
    const bytes = new Uint8Array(Buffer.from(name, "base64url"));
    return Buffer.from(cipher(context).decrypt(bytes)).toString("utf8");
  } catch {
    return null;
  }
}

const cipher = (context: string) => gcmsiv(deriveKey("opaque-name"), NONCE, Buffer.from(context));
