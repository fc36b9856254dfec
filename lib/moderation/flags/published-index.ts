import { areAlike, type Comparable, comparable } from "@/lib/fields/names/resemblance";
import type { Published } from "@/lib/moderation/flags/rules";

/** A published signatory with the skeletons of its name and of its website's domain. */
export type PublishedRow = Published & { skeleton: string; siteSkeleton: string | null };

/** Finds what is published and comes near, without looking at everything. */
export type PublishedIndex = {
  /** How many signatories there are. */
  size: number;
  /** Signatories whose name's skeleton resembles one, but for those of a signature itself. */
  named: (skeleton: string, but: string) => Published[];
  /** Organisations whose website's skeleton resembles one. */
  sited: (skeleton: string, but: string) => Published[];
};

// What resembles differs by so many letters at most; so do its lengths.
const REACH = 2;
const MOST = 20;

type Entry = { form: Comparable; published: Published };

/** Makes the index of a letter's list. Looking one name up among 6,000 takes less than half a millisecond. */
export function indexPublished(rows: readonly PublishedRow[]): PublishedIndex {
  const names = byLength(
    rows.map(({ skeleton, siteSkeleton: _, ...published }) => ({
      form: comparable(skeleton),
      published,
    })),
  );
  const sites = byLength(
    rows.flatMap(({ skeleton: _, siteSkeleton, ...published }) =>
      siteSkeleton ? [{ form: comparable(siteSkeleton), published }] : [],
    ),
  );
  return {
    size: rows.length,
    named: (skeleton, but) => near(names, skeleton, but),
    sited: (skeleton, but) => near(sites, skeleton, but),
  };
}

function byLength(entries: readonly Entry[]): Map<number, Entry[]> {
  return Map.groupBy(entries, ({ form }) => form.length);
}

function near(entries: Map<number, Entry[]>, skeleton: string, but: string): Published[] {
  const found: Published[] = [];
  const sought = comparable(skeleton);
  for (let length = sought.length - REACH; length <= sought.length + REACH; length++) {
    for (const { form, published } of entries.get(length) ?? []) {
      if (published.signatureId !== but && areAlike(sought, form)) found.push(published);
      if (found.length === MOST) return found;
    }
  }
  return found;
}
