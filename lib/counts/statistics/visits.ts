import type { IncomingMessage } from "node:http";
import { BOUNDS } from "@/lib/cache/bounds";
import { dayOf } from "@/lib/counts/statistics/count-events";
import {
  ELSEWHERE,
  MOST_NEW_REFERRERS,
  MOST_REFERRERS,
  referringHost,
  visited,
} from "@/lib/counts/statistics/rules";
import { db } from "@/lib/db/client";
import { log } from "@/lib/ops/log/log";

/** How often what was counted in memory is written down. */
const PAUSE_MS = 10_000;
const MOST = BOUNDS["lib/counts/statistics/visits.ts counted"].entries;

/** How often since the last writing, by letter, what, and the site that readers came from. */
const counted = new Map<string, number>();
let timer: NodeJS.Timeout | undefined;

/**
 * Counts that a letter's form was shown, or that another site led to a letter. Of a visitor nothing is kept: no cookie, no
 * address, not the page that they came from. In memory, for the answer waits for nothing.
 */
export function countVisit(
  { method, url = "", headers }: IncomingMessage,
  status: number,
  publicUrl: string,
): void {
  if (method !== "GET" || status !== 200) return;
  const page = visited(url);
  if (!page) return;
  const { slug, form } = page;
  const host = form === null ? referringHost(headers.referer, publicUrl) : null;
  if (form !== null) add(`${slug} shown ${form}`);
  else if (host) add(`${slug} referrer ${host}`);
}

function add(key: string): void {
  // Anyone who makes names up cannot fill the memory.
  if (!counted.has(key) && counted.size >= MOST) return;
  counted.set(key, (counted.get(key) ?? 0) + 1);
  timer ??= setTimeout(() => void writeVisits(new Date()), PAUSE_MS).unref();
}

/** Writes down what was counted. What cannot be is kept for the next time. */
export async function writeVisits(now: Date): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const rows = [...counted].map(([key, count]) => {
    const [slug, what, part] = key.split(" ");
    return { slug, what, part, count };
  });
  if (rows.length === 0) return;
  counted.clear();
  try {
    // The page of choice, of a closed letter, or for a kind that may not sign, has no form.
    // A new site counts by its name while there is room for one; its rows have the day until it is settled.
    await db.$executeRaw`
      WITH today AS (SELECT ${dayOf(now)} AS day),
      visits AS (
        SELECT l.id AS letter_id, v.what, CASE v.what WHEN 'shown' THEN '' ELSE v.part END AS part, sum(v.count) AS count
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(slug text, what text, part text, count int)
        JOIN letter l ON CASE v.slug WHEN '' THEN l.featured ELSE l.slug = v.slug END
        WHERE v.what <> 'shown' OR (
          l.opens_at <= ${now} AND l.unpublished_at IS NULL AND (l.closes_at IS NULL OR l.closes_at > ${now})
          AND CASE v.part WHEN 'organisation' THEN l.organisations_sign WHEN 'individual' THEN l.individuals_sign
            ELSE l.organisations_sign <> l.individuals_sign END)
        GROUP BY 1, 2, 3),
      known AS (
        SELECT letter_id, part, count(day) = count(*) AND min(day) = (SELECT day FROM today) AS is_new FROM letter_statistic
        WHERE what = 'referrer' AND part <> ${ELSEWHERE} AND letter_id IN (SELECT letter_id FROM visits) GROUP BY letter_id, part),
      places AS (
        SELECT v.*, what = 'shown' OR k.part IS NOT NULL OR least(
            ${MOST_REFERRERS} - (SELECT count(*) FROM known o WHERE o.letter_id = v.letter_id),
            ${MOST_NEW_REFERRERS} - (SELECT count(*) FROM known o WHERE o.letter_id = v.letter_id AND o.is_new))
          >= row_number() OVER (PARTITION BY v.letter_id, v.what, k.part IS NULL ORDER BY v.count DESC, v.part) AS named
        FROM visits v LEFT JOIN known k ON k.letter_id = v.letter_id AND k.part = v.part AND v.what = 'referrer')
      INSERT INTO letter_statistic (letter_id, day, what, part, count)
      SELECT letter_id, CASE WHEN named THEN (SELECT day FROM today) END, what,
        CASE WHEN named THEN part ELSE ${ELSEWHERE} END, sum(count)
      FROM places GROUP BY 1, 2, 3, 4`;
  } catch (error) {
    for (const { slug, what, part, count } of rows) {
      const key = `${slug} ${what} ${part}`;
      if (counted.size < MOST) counted.set(key, (counted.get(key) ?? 0) + count);
    }
    log.warn("visits could not be written down; they are kept for the next time", {
      error: String((error as Error).name),
    });
  }
}
