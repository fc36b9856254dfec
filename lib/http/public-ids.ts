import { createCipheriv, createDecipheriv } from "node:crypto";
import { NIL, parse, validate } from "uuid";
import { deriveKey } from "@/lib/encryption/keys";

/** One block under a key of its own: a permutation of all ids, so no mode and no nonce is needed. */
const CIPHER = "aes-256-ecb";
const BYTES = 16;

/**
 * The name of an id outside the server, in addresses, forms and pages. Our ids carry the millisecond in which they were
 * made; this name says nothing, and is the same each time.
 * @returns 22 characters that need no escaping in an address
 */
export function publicId(id: string): string {
  const cipher = createCipheriv(CIPHER, deriveKey("public-id"), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(parse(id)), cipher.final()]).toString("base64url");
}

/** The id that `publicId` named. Anything else becomes the nil UUID, which nothing has: it is not found. */
export function readPublicId(name: unknown): string {
  const bytes = typeof name === "string" ? Buffer.from(name, "base64url") : Buffer.alloc(0);
  if (bytes.length !== BYTES || bytes.toString("base64url") !== name) return NIL;
  const decipher = createDecipheriv(CIPHER, deriveKey("public-id"), null).setAutoPadding(false);
  const hex = Buffer.concat([decipher.update(bytes), decipher.final()]).toString("hex");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return validate(id) ? id : NIL;
}
