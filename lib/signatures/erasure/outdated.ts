import { keyedHash } from "@/lib/encryption/hash";
import type { Change } from "@/lib/signatures/engine/change";
import { PUBLIC_FIELDS, type PublicFields, representativeOf } from "@/lib/signatures/engine/public-row";
import { type Standing, standingAfter } from "@/lib/signatures/engine/rules";
import { endedLine } from "@/lib/signatures/erasure/erased-hash";

type Entry = PublicFields & { country: string; representative: string | null };

const hash = (...parts: string[]) => keyedHash("outdated-1", ...parts);

/** What is kept outside the database of how an entry looked before it was corrected: keyed hashes, which tell nothing. */
export const outdatedHashes = (id: string, { representative, country, ...fields }: Entry) => ({
  entry: hash(id, country, ...PUBLIC_FIELDS.map((field) => fields[field] ?? "")),
  /** Apart: a representative's name can go alone. */
  representative: representative === null ? null : hash(id, representative),
});

const entryOf = ({ country, fields }: Standing): Entry => ({
  ...fields,
  country,
  representative: representativeOf(fields),
});

/** The lines by which a backup of before a correction does not show again what that took off the list. */
export function correctionLines({ subject, after, erase }: Change): string[] {
  const same = after.fields === undefined && after.country === undefined;
  if (same || erase || subject.state !== "APPROVED") return [];
  const was = outdatedHashes(subject.id, entryOf(subject));
  const is = outdatedHashes(subject.id, entryOf(standingAfter(subject, after)));
  const kinds = ["entry", "representative"] as const;
  return kinds.flatMap((kind) => {
    const [before, now] = [was[kind], is[kind]];
    if (before === now) return [];
    return [...(before ? [before] : []), ...(now ? [endedLine(now)] : [])];
  });
}
