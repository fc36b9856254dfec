import { BUCKET_RATIO, ELSEWHERE, FEWEST_REFERRED } from "@/lib/counts/statistics/rules";
import { type Database, db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** The day of a time in the site's time zone. */
export const dayOf = (now: Date) =>
  Prisma.sql`(${now}::timestamptz AT TIME ZONE coalesce((SELECT time_zone FROM site), 'UTC'))::date`;

/** Counts the rows of `claimed` as submitted: part of the statement that inserts them. */
export const countSubmitted = (now: Date) => Prisma.sql`
  INSERT INTO letter_statistic (letter_id, day, what, count) SELECT letter_id, ${dayOf(now)}, 'submitted', 1 FROM claimed`;

const bucketOf = (since: Prisma.Sql, now: Date) => Prisma.sql`
  floor(ln(greatest(extract(epoch FROM ${now}::timestamptz - ${since}), 1)) / ln(${BUCKET_RATIO}::float8))::int::text`;

/**
 * Counts what has become of the rows of `stored`, and how long it took: part of the statement that stores
 * them. They have `letter_id`, `state`, `was_state`, `submitted_at`, `verified_at` and `decided_at`. Only
 * those who confirmed can withdraw, and what undoing gives back was approved before.
 */
export const countStandings = (now: Date) => Prisma.sql`
  INSERT INTO letter_statistic (letter_id, day, what, part, count)
  SELECT letter_id, day, what, part, count(*) FROM (
    SELECT letter_id, ${dayOf(now)} AS day, '' AS part,
      CASE state WHEN 'VERIFIED' THEN 'confirmed' ELSE lower(state::text) END AS what
    FROM stored WHERE state <> was_state AND (was_state = 'PENDING' OR state <> 'VERIFIED') AND state <> 'PENDING'
      AND (was_state <> 'PENDING' OR state <> 'WITHDRAWN') AND (state <> 'APPROVED' OR decided_at = ${now})
    UNION ALL SELECT letter_id, NULL, ${bucketOf(Prisma.sql`submitted_at`, now)}, 'confirm-time'
    FROM stored WHERE was_state = 'PENDING' AND state = 'VERIFIED'
    UNION ALL SELECT letter_id, NULL, ${bucketOf(Prisma.sql`verified_at`, now)}, 'decide-time'
    FROM stored WHERE was_state = 'VERIFIED' AND state IN ('APPROVED', 'REJECTED') AND verified_at IS NOT NULL) events
  GROUP BY letter_id, day, what, part`;

/** Counts signatures whose address bounced. */
export async function countBounced(database: Database, letterIds: string[]): Promise<void> {
  if (letterIds.length === 0) return;
  await database.$executeRaw`
    INSERT INTO letter_statistic (letter_id, what, count)
    SELECT letter_id, 'bounced', count(*) FROM unnest(${letterIds}::uuid[]) AS b(letter_id) GROUP BY letter_id`;
}

/** Makes one row of all that count the same, in one statement: readers see the same sums. For housekeeping. */
export async function addUpStatistics(now: Date): Promise<void> {
  // A site keeps its name, and its place among those that do, if it led to the letter often within two days.
  await db.$executeRaw`
    UPDATE letter_statistic s SET day = NULL, part = CASE WHEN ${FEWEST_REFERRED} <= (
        SELECT sum(o.count) FROM letter_statistic o WHERE o.letter_id = s.letter_id AND o.what = s.what AND o.part = s.part)
      THEN part ELSE ${ELSEWHERE} END
    WHERE what = 'referrer' AND day < ${dayOf(now)} - 1`;
  await db.$executeRaw`
    WITH many AS (
      SELECT letter_id, day, what, part FROM letter_statistic GROUP BY letter_id, day, what, part HAVING count(*) > 1),
    gone AS (
      DELETE FROM letter_statistic WHERE id IN (
        SELECT s.id FROM letter_statistic s JOIN many m ON s.letter_id = m.letter_id AND s.what = m.what
          AND s.part = m.part AND s.day IS NOT DISTINCT FROM m.day FOR UPDATE OF s SKIP LOCKED)
      RETURNING letter_id, day, what, part, count)
    INSERT INTO letter_statistic (letter_id, day, what, part, count)
    SELECT letter_id, day, what, part, sum(count) FROM gone GROUP BY letter_id, day, what, part HAVING sum(count) <> 0`;
}
