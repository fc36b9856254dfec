import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { letterBySlug } from "@/lib/letters/queries";
import {
  type ListFilter,
  type ListPlace,
  type ListStart,
  type PublicSignatory,
  readPublicList,
} from "@/lib/signatories/public-list";
import { isPressed } from "@/lib/signatures/suspicion";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** A part of a letter's public list. */
export type PublicList = { signatories: PublicSignatory[]; next: ListPlace | null };

/** How many public signatories of each kind and country there are, by the kept counts. */
export type PublicCount = { kind: SignatoryKind; country: string; count: number };

/** For how long a form says what it last knew of its letter's pressure, in milliseconds. */
const PRESSURE_MS = 20_000;

/** A part of a letter's public list; empty where there is no such letter. Costs no query until something changes. */
export function publicList(
  slug: string,
  filter: ListFilter,
  start: ListStart,
  limit: number,
): Promise<PublicList> {
  return cache.remember(`list:${slug}:${JSON.stringify([filter, start, limit])}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    if (!letter) return { signatories: [], next: null };
    return readPublicList(db, letter.id, filter, start, limit);
  });
}

/** The numbers of a letter's public signatories, for filters and pages: withheld ones are not among them. */
export function publicCounts(slug: string): Promise<PublicCount[]> {
  return cache.remember(`public-counts:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const rows = await db.letterTally.findMany({
      where: { letter: { slug } },
      select: { kind: true, country: true, approved: true, withheld: true },
    });
    const counts = rows.map(({ kind, country, approved, withheld }) => ({
      kind,
      country,
      count: approved - withheld,
    }));
    return counts.filter(({ count }) => count > 0);
  });
}

/**
 * Whether a letter's signings need a proof of work at present, so that a browser can begin with it while somebody types.
 * Of the visitor's own network it says nothing, because the form is the same for everybody: there the server asks back.
 */
export function proofOfWorkWanted({ id, slug }: { id: string; slug: string }): Promise<boolean> {
  return cache.remember(`proof-of-work-wanted:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    scope.until(Date.now() + PRESSURE_MS);
    return isPressed(id);
  });
}
