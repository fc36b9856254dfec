import type { Database } from "@/lib/db/client";
import {
  indexPublished,
  type PublishedIndex,
  type PublishedRow,
} from "@/lib/moderation/flags/published-index";

/** What is on a letter's list now, to find what resembles it. */
export async function readPublished(database: Database, letterId: string): Promise<PublishedIndex> {
  const rows = await database.$queryRaw<PublishedRow[]>`
    SELECT g.id AS "signatureId", s.name, s.website, s.skeleton, s.site_skeleton AS "siteSkeleton"
    FROM signature g JOIN signatory s ON s.id = g.signatory_id
    WHERE g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED' AND g.visibility = 'PUBLIC'
      AND s.name IS NOT NULL AND s.skeleton IS NOT NULL
    ORDER BY s.id`;
  return indexPublished(rows);
}
