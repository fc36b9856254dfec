import { createHash } from "node:crypto";
import { randomBytes } from "@/lib/encryption/random";

const BYTES = 16;
const LENGTH = 25;

/**
 * Makes an unguessable token of 128 bits and the hash that is stored in its place. Digits and lower-case letters only:
 * a mailed link fits on one line, survives mail programs that change its case, and ends in nothing that looks like the
 * end of a sentence.
 */
export function createToken(): { token: string; hash: string } {
  const token = writeToken(Buffer.from(randomBytes(BYTES)));
  return { token, hash: hashToken(token) };
}

/** A token in its letters. @param bytes 128 unguessable bits or more, of which the first 128 are used */
export function writeToken(bytes: Buffer): string {
  return BigInt(`0x${bytes.subarray(0, BYTES).toString("hex")}`)
    .toString(36)
    .padStart(LENGTH, "0");
}

/** The stored form of a token: SHA-256 in base64url. 128 random bits need no slow hash. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/**
 * The token in a piece of a mailed link that may have been damaged on its way: without what a mail program or a sentence
 * has put around or into it, and in its own case.
 * @returns null where there is no whole token
 */
export function readToken(text: string): string | null {
  const bare = text.replace(/[^\w-]/g, "");
  if (bare.length === LENGTH && /^[0-9a-z]+$/i.test(bare)) return bare.toLowerCase();
  // Tokens of mails that left before tokens were short.
  return bare.length === 43 ? bare : null;
}
