import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import type { KeptReason } from "@/lib/bulk/rules";
import { db } from "@/lib/db/client";
import { LISTED_STATES } from "@/lib/moderation/queries";

/** A signature that an act passed over, or that undoing left as it was. */
export type LeftOut = {
  signatureId: string;
  why: KeptReason | "skipped";
  /** Whether moderators have a page about it. */
  hasPage: boolean;
};

const MOST_SHOWN = 100;

type Row = { id: string; state: string; kept: KeptReason | null; hasPage: boolean; total: number };

/**
 * Which signatures an act passed over or its undoing left as they were, and why. Those that a stopped act did not come to
 * are as they were, and only counted.
 * @returns a hundred of them, and how many more there are
 * @throws DomainError `forbidden`
 */
export async function leftOut(admin: Admin, bulkActId: string): Promise<{ some: LeftOut[]; more: number }> {
  assertMay(admin, "bulk.read");
  const rows = await db.$queryRaw<Row[]>`
    SELECT g.id, i.state::text AS state, i.before->>'kept' AS kept, count(*) OVER ()::int AS total,
      g.state = ANY(${[...LISTED_STATES]}::"SignatureState"[]) AS "hasPage"
    FROM bulk_item i JOIN signature g ON g.id = i.signature_id
    WHERE i.bulk_act_id = ${bulkActId}::uuid AND i.state IN ('SKIPPED', 'KEPT')
    ORDER BY g.id LIMIT ${MOST_SHOWN}`;
  const some = rows.map((row) => ({ signatureId: row.id, why: whyOf(row), hasPage: row.hasPage }));
  return { some, more: (rows[0]?.total ?? 0) - some.length };
}

function whyOf({ state, kept }: Row): LeftOut["why"] {
  return state === "KEPT" ? (kept ?? "moved-on") : "skipped";
}
