import { v7 as uuid } from "uuid";
import type { Admin } from "@/lib/auth/admin";
import { assertMay, assertMaySomewhere, assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { lettersOf } from "@/lib/auth/letters-of";
import { db, type Tx } from "@/lib/db/client";
import { CHOOSABLE } from "@/lib/moderation/bulk/choosable";
import { encryptFilters, type KeptFilters } from "@/lib/moderation/bulk/encrypted";
import { MOST_CHOSEN } from "@/lib/moderation/bulk/rules";
import { matching } from "@/lib/moderation/filters/matching";
import { readMatches } from "@/lib/moderation/filters/read-matches";
import { type Filters, isNarrowed, onlyMarkedLater } from "@/lib/moderation/filters/rules";
import { Prisma } from "@/prisma/generated/client";
import type { BulkOperation } from "@/prisma/generated/enums";

/** Why nothing was written down: codes of sentences in the messages `errors`. */
type NotDrafted =
  | "noLetter"
  | "noFilter"
  | "nothingChosen"
  | "nothingMarkedYet"
  | "tooManyChosen"
  | "tooManyToRead";

type Draft = { admin: Admin; operation: BulkOperation; filters: Filters; now: Date };

/**
 * Writes down, as a draft, which signatures filters match now and an operation would change, with their revisions: a run
 * changes these and no others. Filters must name one letter, where there are several, and more than a list: nobody should
 * reject a whole letter by leaving fields empty.
 * @returns the id of the draft, or why there is none
 * @throws DomainError `forbidden`
 */
export async function draftAction(draft: Draft): Promise<{ id: string } | { not: NotDrafted }> {
  assertMaySomewhere(draft.admin, "bulk.run");
  const letterId = draft.filters.letterId ?? (await onlyLetter(draft.admin));
  if (!letterId) return { not: "noLetter" };
  assertMay(draft.admin, "bulk.run", letterId);
  if (!isNarrowed(draft.filters)) return { not: "noFilter" };
  const filters = { ...draft.filters, letterId };
  // Opening what is encrypted takes its time, and holds no connection meanwhile.
  const where = await chosenBy(filters, draft.operation);
  if (!where) return { not: "tooManyToRead" };
  const id = uuid();
  const count = await db.$transaction(async (tx) => {
    await assertPermitted(tx, byAdmin(draft.admin, draft.now).actor, "bulk.run", letterId);
    return writeDown(tx, id, { ...draft, filters }, where);
  });
  if (count > MOST_CHOSEN) return { not: "tooManyChosen" };
  if (count === 0) return { not: onlyMarkedLater(filters) ? "nothingMarkedYet" : "nothingChosen" };
  return { id };
}

async function onlyLetter(admin: Admin): Promise<string | null> {
  const [letter, ...others] = await db.letter.findMany({
    where: lettersOf(admin),
    select: { id: true },
    take: 2,
  });
  return letter && others.length === 0 ? letter.id : null;
}

/** The whole condition over `signature g`; null where there are too many to look for a text in. */
async function chosenBy(filters: Filters, operation: BulkOperation): Promise<Prisma.Sql | null> {
  const plain = Prisma.sql`${matching(filters)} AND ${CHOOSABLE[operation]}`;
  if (filters.text === null) return plain;
  const matches = await readMatches(filters, { wanted: Number.POSITIVE_INFINITY });
  const ids = matches?.map(({ id }) => id);
  return ids ? Prisma.sql`${plain} AND g.id = ANY(${ids}::uuid[])` : null;
}

/**
 * In the order of ids, as all do that lock many signatures: a foreign key locks, too.
 * @returns how many are chosen; of none, or of more than one action may be about, nothing is written
 */
async function writeDown(
  tx: Tx,
  id: string,
  { admin, operation, filters, now }: Draft & { filters: KeptFilters },
  where: Prisma.Sql,
): Promise<number> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    WITH g AS (SELECT id, revision FROM signature g WHERE ${where} LIMIT ${MOST_CHOSEN + 1}),
    act AS (
      INSERT INTO bulk_action (id, letter_id, admin_id, state, operation, conditions, total, created_at)
      SELECT ${id}::uuid, ${filters.letterId}::uuid, ${admin.id}::uuid, 'DRAFT', ${operation}::"BulkOperation",
        ${encryptFilters(filters)}, count(*)::int, ${now}::timestamptz
      FROM g HAVING count(*) BETWEEN 1 AND ${MOST_CHOSEN}
      RETURNING id
    ),
    items AS (
      INSERT INTO bulk_item (bulk_action_id, signature_id, state, revision)
      SELECT act.id, g.id, 'WAITING', g.revision FROM act, g ORDER BY g.id
    )
    SELECT count(*)::int AS count FROM g`;
  return count;
}
