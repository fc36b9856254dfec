import { createHash } from "node:crypto";
import { randomBytes } from "@/lib/vault/random";

/** Makes an unguessable token of 256 bits (base64url, 43 characters) and the hash that is stored in its place. */
export function createToken(): { token: string; hash: string } {
  const token = Buffer.from(randomBytes(32)).toString("base64url");
  return { token, hash: hashToken(token) };
}

/** The stored form of a token: SHA-256 in base64url. 256 random bits need no slow hash. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
