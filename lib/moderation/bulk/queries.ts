import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { inTheirLetters, ofTheirLetters } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import { decryptFilters, decryptReason, type KeptFilters } from "@/lib/moderation/bulk/encrypted";
import type { ActionState, KeptReason } from "@/lib/moderation/bulk/rules";
import { LETTER, type LetterChoice, toChoice } from "@/lib/moderation/letter-choices";
import { LISTED_STATES } from "@/lib/moderation/queries";
import { type BulkItemState, type BulkOperation, type BulkState, Prisma } from "@/prisma/generated/client";

export type ActionLine = {
  id: string;
  state: ActionState;
  operation: BulkOperation;
  letter: LetterChoice;
  /** Why, of a rejection. */
  reason: string | null;
  total: number;
  createdAt: Date;
  /** The address of the administrator who ran it. */
  by: string;
};

export type Progress = { state: ActionState; total: number; done: number };

export type ActionDetail = ActionLine & {
  filters: KeptFilters | null;
  items: Partial<Record<BulkItemState, number>>;
  /** How many of those done a rejection put on hold, because they were not confirmed yet. */
  held: number;
  progress: Progress;
  doneAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
};

const ACT = {
  id: true,
  state: true,
  operation: true,
  reason: true,
  total: true,
  createdAt: true,
  letter: { select: LETTER },
  admin: { select: { address: true } },
} as const;

const DETAIL = {
  ...ACT,
  conditions: true,
  doneAt: true,
  undoneAt: true,
  undoneBy: { select: { address: true } },
} as const;

const MOST_SHOWN = 50;

/** The last bulk acts, newest first. @throws DomainError `forbidden` */
export async function lastActions(admin: Admin, locale: string): Promise<ActionLine[]> {
  assertMaySomewhere(admin, "bulk.read");
  const acts = await db.bulkAction.findMany({
    where: { state: { not: "DRAFT" }, ...ofTheirLetters(admin) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
    select: ACT,
  });
  return acts.flatMap((act) => toLine(act, locale) ?? []);
}

/** One bulk action; null where there is none, or only a draft. @throws DomainError `forbidden` */
export async function actionDetail(admin: Admin, id: string, locale: string): Promise<ActionDetail | null> {
  assertMaySomewhere(admin, "bulk.read");
  const act = await db.bulkAction.findUnique({ where: { id, ...ofTheirLetters(admin) }, select: DETAIL });
  const line = act && toLine(act, locale);
  if (!line) return null;
  const items = await countItems(id);
  const { doneAt, undoneAt, undoneBy } = act;
  const unconfirmed = { path: ["state"], equals: "PENDING" };
  const held = await db.bulkItem.count({ where: { bulkActionId: id, state: "DONE", before: unconfirmed } });
  return {
    ...line,
    filters: decryptFilters(act.conditions),
    items,
    held,
    progress: progressOf(line, items),
    doneAt,
    undoneAt,
    undoneBy: undoneBy && decryptAdminAddress(undoneBy.address),
  };
}

/** How far a bulk action is; null where there is none, or only a draft. @throws DomainError `forbidden` */
export async function actionProgress(admin: Admin, id: string): Promise<Progress | null> {
  assertMaySomewhere(admin, "bulk.read");
  const act = await db.bulkAction.findUnique({
    where: { id, ...ofTheirLetters(admin) },
    select: { state: true, total: true },
  });
  if (!act || !wasRun(act.state)) return null;
  return progressOf({ state: act.state, total: act.total }, await countItems(id));
}

async function countItems(bulkActionId: string): Promise<ActionDetail["items"]> {
  const groups = await db.bulkItem.groupBy({
    by: ["state"],
    where: { bulkActionId },
    _count: { _all: true },
  });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all]));
}

/** While it runs, what no longer waits is done; while it is undone, what no longer stands as the act left it. */
function progressOf({ state, total }: Omit<Progress, "done">, items: ActionDetail["items"]): Progress {
  const left = { RUNNING: items.WAITING, UNDOING: items.DONE, DONE: 0, UNDONE: 0 }[state] ?? 0;
  return { state, total, done: total - left };
}

const wasRun = (state: BulkState): state is ActionState => state !== "DRAFT";

/** Null for a draft. */
function toLine(act: Prisma.BulkActionGetPayload<{ select: typeof ACT }>, locale: string): ActionLine | null {
  const { id, state, operation, reason, total, createdAt, letter, admin } = act;
  if (!wasRun(state)) return null;
  return {
    id,
    state,
    operation,
    total,
    createdAt,
    letter: toChoice(letter, locale),
    reason: reason && decryptReason(id, reason),
    by: decryptAdminAddress(admin.address),
  };
}

/** A signature that an act passed over, or that undoing left as it was. */
export type LeftOut = {
  signatureId: string;
  why: KeptReason | "skipped";
  hasPage: boolean;
};

const MOST_LEFT_OUT = 100;

type LeftOutRow = { id: string; state: string; kept: KeptReason | null; hasPage: boolean; total: number };

/**
 * Which signatures an act passed over or its undoing left as they were, and why. Those that a stopped act did not come to
 * are as they were, and only counted.
 * @returns a hundred of them, and how many more there are
 * @throws DomainError `forbidden`
 */
export async function leftOut(
  admin: Admin,
  bulkActionId: string,
): Promise<{ some: LeftOut[]; more: number }> {
  assertMaySomewhere(admin, "bulk.read");
  const rows = await db.$queryRaw<LeftOutRow[]>`
    SELECT g.id, i.state::text AS state, i.before->>'kept' AS kept, count(*) OVER ()::int AS total,
      g.state = ANY(${[...LISTED_STATES]}::"SignatureState"[]) AS "hasPage"
    FROM bulk_item i JOIN signature g ON g.id = i.signature_id
    WHERE i.bulk_action_id = ${bulkActionId}::uuid AND i.state IN ('SKIPPED', 'KEPT')
      AND ${inTheirLetters(admin, Prisma.sql`g.letter_id`)}
    ORDER BY g.id LIMIT ${MOST_LEFT_OUT}`;
  const some = rows.map((row) => ({ signatureId: row.id, why: whyOf(row), hasPage: row.hasPage }));
  return { some, more: (rows[0]?.total ?? 0) - some.length };
}

function whyOf({ state, kept }: LeftOutRow): LeftOut["why"] {
  return state === "KEPT" ? (kept ?? "moved-on") : "skipped";
}
