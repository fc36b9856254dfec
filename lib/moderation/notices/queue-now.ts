import type { Reach } from "@/lib/auth/permissions";
import { standingCounts } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { TITLES, titleOf } from "@/lib/letters/titles";
import type { Queue } from "@/lib/moderation/notices/due";
import { DECIDABLE } from "@/lib/objections/queries";

/** What waits in one letter: signatures, entries that are reported, and changes that signatories ask for. */
export type LetterQueue = { letterId: string; slug: string; waiting: Waiting } & Queue;
type Waiting = { signatures: number; reports: number; changes: number };

/** The queues of all letters in which something waits. */
export async function queuesNow(): Promise<LetterQueue[]> {
  const waits = [...(await waitingSignatures()), ...(await reportsAndChanges())];
  const letters = await db.letter.findMany({
    where: { id: { in: waits.map(({ letterId }) => letterId) } },
    select: { id: true, slug: true },
  });
  return letters.map(({ id, slug }) => {
    const here = waits.filter(({ letterId }) => letterId === id);
    const countOf = (kind: keyof Waiting) => together(here.filter(({ what }) => what === kind)).count;
    const waiting = {
      signatures: countOf("signatures"),
      reports: countOf("reports"),
      changes: countOf("changes"),
    };
    return { letterId: id, slug, waiting, ...together(here) };
  });
}

type Waits = { letterId: string; what: keyof Waiting; count: number; newest: Date | null };

/** By the kept counts: there may be many. */
async function waitingSignatures(): Promise<Waits[]> {
  const standing = await standingCounts();
  const waiting = standing.filter(({ state, hold, count }) => state === "VERIFIED" && !hold && count > 0);
  return Promise.all(
    waiting.map(async ({ letterId, count }) => {
      // By the index of the queue: one row, however long it is.
      const newest = await db.signature.findFirst({
        where: { letterId, state: "VERIFIED", hold: null },
        orderBy: [{ verifiedAt: "desc" }, { id: "desc" }],
        select: { verifiedAt: true },
      });
      return { letterId, what: "signatures" as const, count, newest: newest?.verifiedAt ?? null };
    }),
  );
}

const reportsAndChanges = () => db.$queryRaw<Waits[]>`
  SELECT o.letter_id::text AS "letterId", 'reports' AS what, count(DISTINCT o.signature_id)::int AS count,
    max(o.confirmed_at) AS newest
  FROM objection o WHERE o.state = 'OPEN' AND ${DECIDABLE} GROUP BY o.letter_id
  UNION ALL
  SELECT s.letter_id::text, 'changes', count(*)::int, max(c.at)
  FROM (
    SELECT signature_id, proposed_at AS at FROM proposal WHERE state = 'WAITING'
    UNION ALL SELECT signature_id, confirmed_at FROM address_move WHERE state = 'CONFIRMED') c
  JOIN signature s ON s.id = c.signature_id JOIN signature_key k ON k.signature_id = s.id
  GROUP BY s.letter_id`;

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
