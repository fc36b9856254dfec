import { v7 as uuid } from "uuid";
import type { Admin } from "@/lib/auth/admin";
import { assertMay, assertStillMay } from "@/lib/auth/assert-may";
import { plainConditions } from "@/lib/bulk/matching";
import { MOST_CHOSEN, onlyMarkedLater } from "@/lib/bulk/rules";
import type { Conditions } from "@/lib/bulk/schemas";
import { sealConditions } from "@/lib/bulk/sealed-conditions";
import { idsWithText } from "@/lib/bulk/with-text";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** Why nothing was written down: codes of sentences in the messages `errors`. */
export type NotDrafted = "nothingChosen" | "nothingMarkedYet" | "tooManyChosen" | "tooManyToRead";

type Draft = { admin: Admin; conditions: Conditions; now: Date };

/**
 * Writes down which signatures conditions choose at this moment, and at which revision, as a draft: whoever looks at it
 * later sees these, and a run is about these and no others, whatever comes, goes or is sent again meanwhile.
 * @returns the id of the draft, or why there is none
 * @throws DomainError `forbidden`
 */
export async function draftInvalidation(draft: Draft): Promise<{ id: string } | { not: NotDrafted }> {
  assertMay(draft.admin, "bulk.run");
  const { conditions } = draft;
  // Opening what is sealed takes its time, and holds no connection meanwhile.
  const where = await chosenBy(conditions);
  if (!where) return { not: "tooManyToRead" };
  const id = uuid();
  const count = await db.$transaction(async (tx) => {
    await assertStillMay(tx, draft.admin, "bulk.run");
    return writeDown(tx, id, draft, where);
  });
  if (count > MOST_CHOSEN) return { not: "tooManyChosen" };
  if (count === 0) return { not: onlyMarkedLater(conditions) ? "nothingMarkedYet" : "nothingChosen" };
  return { id };
}

/** The whole condition over `signature g`; null where there are too many to look for a text in. */
async function chosenBy(conditions: Conditions): Promise<Prisma.Sql | null> {
  const plain = plainConditions(conditions);
  if (!conditions.text) return plain;
  const ids = await idsWithText(plain, conditions.text);
  return ids && Prisma.sql`${plain} AND g.id = ANY(${ids}::uuid[])`;
}

/** @returns how many are chosen; of none, or of more than one act may be about, nothing is written */
async function writeDown(tx: Tx, id: string, { admin, conditions, now }: Draft, where: Prisma.Sql) {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    WITH g AS (SELECT id, revision FROM signature g WHERE ${where} LIMIT ${MOST_CHOSEN + 1}),
    act AS (
      INSERT INTO bulk_act (id, letter_id, admin_id, state, conditions, total, created_at)
      SELECT ${id}::uuid, ${conditions.letterId}::uuid, ${admin.id}::uuid, 'DRAFT', ${sealConditions(conditions)},
        count(*)::int, ${now}::timestamptz
      FROM g HAVING count(*) BETWEEN 1 AND ${MOST_CHOSEN}
      RETURNING id
    ),
    items AS (
      INSERT INTO bulk_item (bulk_act_id, signature_id, state, revision)
      SELECT act.id, g.id, 'WAITING', g.revision FROM act, g ORDER BY g.id
    )
    SELECT count(*)::int AS count FROM g`;
  return count;
}
