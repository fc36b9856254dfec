import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import type { Database } from "@/lib/db/client";
import type { PublishedIndex } from "@/lib/moderation/flags/published-index";
import { readPublished } from "@/lib/moderation/flags/queries";

/**
 * What is on a letter's list. Costs no query until the list changes.
 * @param database reads it where it is not there: inside a transaction that one, which must not wait for another
 * connection while it holds its own
 */
export function publishedIndex(
  database: Database,
  letter: { id: string; slug: string },
): Promise<PublishedIndex> {
  return cache.remember(`published:${letter.id}`, async (scope) => {
    scope.dependsOn([letterTag(letter.slug)]);
    const index = await readPublished(database, letter.id);
    scope.hiddenBytes = index.size * BYTES_PER_NAME;
    return index;
  });
}

const BYTES_PER_NAME = 600;
