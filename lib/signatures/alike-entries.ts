import { distance } from "fastest-levenshtein";
import { containsName } from "@/lib/fields/names/resemblance";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import type { SignatoryKind } from "@/prisma/generated/enums";

type Named = {
  id: string;
  slug: string;
  kind: SignatoryKind;
  submittedAt: Date;
  signatory: { name: string };
};

/** That an entry looks like another one of its mailbox: as its correction, or as the slip that the other one corrects. */
export type Alike = { as: "correction" | "slip"; name: string };

/** How many letters a slip may have got wrong, by the length of the name. */
const slips = (length: number) => (length >= 9 ? 2 : 1);

/** Of branches that are told apart by their numbers nobody has mistyped one. */
const digits = (name: string) => name.replace(/\P{N}/gu, "");

function areAlike(one: string, other: string): boolean {
  if (digits(one) !== digits(other)) return false;
  const most = slips(Math.max(one.length, other.length));
  return distance(one, other) <= most || containsName(one, other) || containsName(other, one);
}

/**
 * Which entries of a mailbox look like a slip and its correction: the same letter, the same kind, and names that differ by a
 * few letters or by a word. It is said of both and decides nothing: they may be two people.
 * @returns by the entries' ids
 */
export function alikeEntries(entries: readonly Named[]): Map<string, Alike> {
  const found = new Map<string, Alike>();
  const looks = entries.map((entry) => ({ ...entry, skeleton: skeletonOf(entry.signatory.name) }));
  for (const one of looks) {
    const others = looks.filter(
      (other) =>
        other.id !== one.id &&
        other.slug === one.slug &&
        other.kind === one.kind &&
        areAlike(one.skeleton, other.skeleton),
    );
    const later = others.findLast(({ submittedAt }) => submittedAt > one.submittedAt);
    const earlier = others.find(({ submittedAt }) => submittedAt < one.submittedAt);
    const other = later ?? earlier;
    if (other) found.set(one.id, { as: later ? "slip" : "correction", name: other.signatory.name });
  }
  return found;
}
