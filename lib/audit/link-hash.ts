import { type Entry, entryText } from "@/lib/audit/entry-mark";
import { keyedHash } from "@/lib/encryption/hash";

/**
 * The hash of one link: over its number, the link before it, and the entry with its mark. Keyed, so that anyone who can
 * write to the database, its superuser included, cannot make another chain that holds.
 * @param previous the hash of the link before; empty for the first
 */
export function linkHash(number: bigint, previous: string, entry: Entry & { mark: string }): string {
  return keyedHash("audit-link", String(number), previous, entry.mark, entryText(entry));
}
