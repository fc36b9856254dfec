import { keyedHash } from "@/lib/encryption/hash";

/**
 * What is kept of an erased signature outside the database. An id tells its time; its keyed hash tells nothing, and
 * still finds the signature again in a restored backup.
 */
export const erasedHash = (signatureId: string) => keyedHash("erased-1", signatureId);

export const isErasedHash = (line: string) => /^[0-9a-f]{8}\.erased-1\.[\w-]{43}$/.test(line);

/** The same of what was hidden since it was shown: a signature, a line about a withdrawal, or a letter's names of a country. */
export const hiddenHash = (...of: [id: string, country?: string]) =>
  keyedHash("hidden-1", ...of.map((part) => part ?? ""));

/** Of all representatives of a letter. */
export const representativesHash = (letterId: string) => hiddenHash(letterId, "representatives");

const ENDED = " ended";

/** The line that ends the ones before it. */
export const endedLine = (hash: string) => hash + ENDED;

/** What a line says of something hidden or corrected; null for any other. */
export function readHidden(line: string): { hash: string; ended: boolean } | null {
  const ended = line.endsWith(ENDED);
  const hash = ended ? line.slice(0, -ENDED.length) : line;
  return /^[0-9a-f]{8}\.(?:hidden|outdated)-1\.[\w-]{43}$/.test(hash) ? { hash, ended } : null;
}

export const isOutdatedHash = (hash: string) => hash.includes(".outdated-1.");
