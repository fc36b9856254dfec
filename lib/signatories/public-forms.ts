import { listKey } from "@/lib/fields/names/list-key";
import { keysOfLooks } from "@/lib/fields/names/near-keys";
import { searchText } from "@/lib/fields/names/search-text";
import { shortHash } from "@/lib/fields/names/short-hash";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { siteSkeleton } from "@/lib/fields/websites/site-skeleton";
import { keptGrams } from "@/lib/signatories/search-grams";
import type { ListSection } from "@/prisma/generated/enums";

type Entry = {
  letterId: string;
  /** The letter's. */
  language: string;
  section: ListSection;
  country: string;
  name: string;
  /** What it is sorted by, where that is not its name. */
  sortName?: string | null;
  affiliation: string | null;
  website: string | null;
};

/** The forms of an entry by which it is sorted, found, and known for alike: they follow from what is shown of it. */
export function publicForms(entry: Entry) {
  const { letterId, language, section, country, name, sortName, affiliation, website } = entry;
  const text = ` ${searchText(name)} | ${affiliation ? `${searchText(affiliation)} ` : ""}`;
  const skeleton = skeletonOf(name);
  const site = website && siteSkeleton(website);
  const keys = keysOfLooks({ names: [skeleton], sites: site ? [site] : [] });
  return {
    sort_key: listKey(
      sortName ?? name,
      section.endsWith("ORGANISATIONS") ? "organisation" : "person",
      language,
    ),
    search_text: text,
    search_grams: keptGrams(letterId, section, country, text.replace("|", "")),
    skeleton,
    site_skeleton: site,
    near_keys: keys.map((key) => shortHash(letterId, key)),
  };
}
