import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { keyedHash } from "@/lib/encryption/hash";
import { createDataKey, decryptDataKey } from "@/lib/encryption/keys";

/** What somebody wrote who objects, and the token of the link that they were mailed: a later mail leads to the same page. */
export type Contents = { email: string; comment: string | null; locale: string; token?: string };

const keyName = (id: string) => `objection:${id}`;
const CONTEXT = "objection.contents";

/** Encrypts it under a key of its own. */
export function encryptContents(id: string, contents: Contents) {
  const { key, wrapped } = createDataKey(keyName(id));
  return { key, wrapped, contents: encryptAgain(key, contents) };
}

/** Encrypts it under the key that it has: an email that waits is encrypted under that too. */
export const encryptAgain = (key: DataKey, contents: Contents) =>
  encrypt(key, CONTEXT, JSON.stringify(contents));

/** Tells the words that somebody was shown from later ones. */
export const wordsHash = ({ comment }: Pick<Contents, "comment">) =>
  keyedHash("objection-words-1", comment ?? "");

type Row = { id: string; contents: string | null; wrapped: string | null };

/** Opens it; null where it was erased. */
export function openContents({ id, contents, wrapped }: Row): (Contents & { key: DataKey }) | null {
  if (!contents || !wrapped) return null;
  const key = decryptDataKey(keyName(id), wrapped);
  return { ...JSON.parse(decrypt(key, CONTEXT, contents)), key };
}
