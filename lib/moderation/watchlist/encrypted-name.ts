import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { keyedHash } from "@/lib/encryption/hash";
import { deploymentKey } from "@/lib/encryption/keys";
import { foldName } from "@/lib/fields/names/rules";
import type { AskedName } from "@/lib/moderation/watchlist/schemas";

const NAME = "watched.name";
const NOTE = "watched.note";

/** What every encrypted text begins with; rows of earlier versions were in the clear until they were encrypted. */
export const ENCRYPTED = "x1.";

/** Encrypts a name that is watched and the note beside it: who a letter fears to be faked is nobody else's business. */
export function encryptWatchlistName({ name, note }: AskedName): AskedName {
  return { name: encrypt(deploymentKey(), NAME, name), note: note && encrypt(deploymentKey(), NOTE, note) };
}

/** Decrypts them. @throws EncryptionError where another deployment encrypted them */
export function decryptWatchlistName({ name, note }: AskedName): AskedName {
  return { name: opened(NAME, name), note: note && opened(NOTE, note) };
}

const opened = (context: string, text: string) =>
  text.startsWith(ENCRYPTED) ? decrypt(deploymentKey(), context, text) : text;

/** The hash by which a letter's list holds a name only once, in whatever spelling. */
export const watchedHash = (letterId: string, name: string) =>
  keyedHash("watched-1", letterId, foldName(name));
