import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { readTally } from "@/lib/counts/queries";
import { addUp, type Tally } from "@/lib/counts/rules";
import { db } from "@/lib/db/client";
import { letterBySlug } from "@/lib/letters/queries";

/** The counts of a letter; zeros where there is no such letter. Costs no query until an approval. */
export function letterTally(slug: string): Promise<Tally> {
  return cache.remember(`tally:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    return letter ? readTally(db, letter.id) : addUp([]);
  });
}
