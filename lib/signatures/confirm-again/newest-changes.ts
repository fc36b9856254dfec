import type { Database } from "@/lib/db/client";
import type { ChangeSize } from "@/prisma/generated/enums";

/** The newest version of a letter whose earlier signatories are told of it, and how much it changes against each earlier one. */
export type NewestChange = {
  letterId: string;
  slug: string;
  versionId: string;
  number: number;
  tellsFrom: Date;
  answerBy: Date | null;
  /** By the number of the earlier version. */
  sizes: Map<number, ChangeSize>;
  /** Ids of the versions against which the change is large. */
  largeSince: string[];
};

/** Those of all letters that readers have: nothing is sent or moved while a letter is taken down or archived. */
export async function newestChanges(db: Database, now: Date): Promise<NewestChange[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT l.id::text AS "letterId", l.slug, v.id::text AS "versionId", v.number, v.tells_from AS "tellsFrom",
      v.answer_by AS "answerBy", s.id::text AS "sinceId", s.number AS since, c.size::text AS size
    FROM letter l
      CROSS JOIN LATERAL (SELECT * FROM letter_version WHERE letter_id = l.id ORDER BY number DESC LIMIT 1) v
      JOIN version_change c ON c.version_id = v.id JOIN letter_version s ON s.id = c.since_id
    WHERE v.tells_from <= ${now} AND l.opens_at <= ${now} AND l.unpublished_at IS NULL AND l.archived_at IS NULL
    ORDER BY l.id`;
  return [...Map.groupBy(rows, ({ letterId }) => letterId).values()].map(toChange);
}

type Row = Omit<NewestChange, "sizes" | "largeSince"> & { sinceId: string; since: number; size: ChangeSize };

function toChange(rows: Row[]): NewestChange {
  const [{ sinceId: _, since: __, size: ___, ...change }] = rows as [Row];
  return {
    ...change,
    sizes: new Map(rows.map(({ since, size }) => [since, size])),
    largeSince: rows.flatMap(({ sinceId, size }) => (size === "LARGE" ? [sinceId] : [])),
  };
}
