import type { Reach } from "@/lib/auth/permissions";
import { standingCounts } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { TITLES, titleOf } from "@/lib/letters/titles";
import type { Queue } from "@/lib/moderation/notices/due";

/** The queue of one letter. */
export type LetterQueue = Queue & { letterId: string; slug: string };

/** The queues of all letters, by the kept counts: those in which something waits. */
export async function queuesNow(): Promise<LetterQueue[]> {
  const standing = await standingCounts();
  const waiting = standing.filter(({ state, hold, count }) => state === "VERIFIED" && !hold && count > 0);
  return Promise.all(
    waiting.map(async ({ letterId, count }) => {
      // By the index of the queue: one row, however long it is.
      const newest = await db.signature.findFirst({
        where: { letterId, state: "VERIFIED", hold: null },
        orderBy: [{ verifiedAt: "desc" }, { id: "desc" }],
        select: { verifiedAt: true, letter: { select: { slug: true } } },
      });
      return { letterId, count, newest: newest?.verifiedAt ?? null, slug: newest?.letter.slug ?? "" };
    }),
  );
}

/** Those of the letters that somebody's role is for. */
export const theirs = <T extends { letterId: string }>({ letters }: Pick<Reach, "letters">, all: T[]): T[] =>
  letters ? all.filter(({ letterId }) => letters.includes(letterId)) : all;

/** Several queues as one. */
export function together(queues: Queue[]): Queue {
  const times = queues
    .flatMap(({ newest }) => newest ?? [])
    .sort((one, other) => other.getTime() - one.getTime());
  return { count: queues.reduce((sum, { count }) => sum + count, 0), newest: times[0] ?? null };
}

/** The titles of letters, in a language where they have it. */
export async function titlesOf(ids: string[], locale: string): Promise<Map<string, string>> {
  const rows = await db.letter.findMany({ where: { id: { in: ids } }, select: { id: true, ...TITLES } });
  return new Map(rows.map((row) => [row.id, titleOf(row, locale).title]));
}
