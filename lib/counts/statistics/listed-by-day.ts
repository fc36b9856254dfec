import type { Database } from "@/lib/db/client";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";

/**
 * How many names came to a letter's list on each day of the site's time zone: all that readers know of
 * approvals.
 */
export const listedByDay = (database: Database, letterId: string) => database.$queryRaw<
  { day: string; count: number }[]
>`
  SELECT (p.published_at AT TIME ZONE coalesce((SELECT time_zone FROM site), 'UTC'))::date::text AS day, count(*)::int AS count
  FROM public_signatory p WHERE p.letter_id = ${letterId}::uuid AND NOT ${hiddenEntry(letterId)} GROUP BY 1`;
