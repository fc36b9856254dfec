import { type Admin, openAdminAddress } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { LETTER, type LetterChoice, toChoice } from "@/lib/bulk/letter-choices";
import type { ActState } from "@/lib/bulk/rules";
import { type KeptConditions, openConditions } from "@/lib/bulk/sealed-conditions";
import { openReason } from "@/lib/bulk/sealed-reason";
import { db } from "@/lib/db/client";
import type { BulkItemState, BulkState, Prisma } from "@/prisma/generated/client";

/** A bulk act in the list of them. */
export type ActLine = {
  id: string;
  state: ActState;
  letter: LetterChoice;
  reason: string;
  total: number;
  createdAt: Date;
  /** The address of the administrator who ran it. */
  by: string;
};

/** How far a bulk act is. */
export type Progress = { state: ActState; total: number; done: number };

/** A bulk act as its own page shows it. */
export type ActDetail = ActLine & {
  conditions: KeptConditions | null;
  items: Partial<Record<BulkItemState, number>>;
  progress: Progress;
  doneAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
};

const ACT = {
  id: true,
  state: true,
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
export async function lastActs(admin: Admin, locale: string): Promise<ActLine[]> {
  assertMay(admin, "bulk.read");
  const acts = await db.bulkAct.findMany({
    where: { state: { not: "DRAFT" } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
    select: ACT,
  });
  return acts.flatMap((act) => toLine(act, locale) ?? []);
}

/** One bulk act; null where there is none, or only a draft. @throws DomainError `forbidden` */
export async function actDetail(admin: Admin, id: string, locale: string): Promise<ActDetail | null> {
  assertMay(admin, "bulk.read");
  const act = await db.bulkAct.findUnique({ where: { id }, select: DETAIL });
  const line = act && toLine(act, locale);
  if (!line) return null;
  const items = await countItems(id);
  const { doneAt, undoneAt, undoneBy } = act;
  return {
    ...line,
    conditions: openConditions(act.conditions),
    items,
    progress: progressOf(line, items),
    doneAt,
    undoneAt,
    undoneBy: undoneBy && openAdminAddress(undoneBy.address),
  };
}

/** How far a bulk act is; null where there is none, or only a draft. @throws DomainError `forbidden` */
export async function actProgress(admin: Admin, id: string): Promise<Progress | null> {
  assertMay(admin, "bulk.read");
  const act = await db.bulkAct.findUnique({ where: { id }, select: { state: true, total: true } });
  if (!act || !wasRun(act.state)) return null;
  return progressOf({ state: act.state, total: act.total }, await countItems(id));
}

async function countItems(bulkActId: string): Promise<ActDetail["items"]> {
  const groups = await db.bulkItem.groupBy({ by: ["state"], where: { bulkActId }, _count: { _all: true } });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all]));
}

/** While it runs, what no longer waits is done; while it is undone, what no longer stands as the act left it. */
function progressOf({ state, total }: Omit<Progress, "done">, items: ActDetail["items"]): Progress {
  const left = { RUNNING: items.WAITING, UNDOING: items.DONE, DONE: 0, UNDONE: 0 }[state] ?? 0;
  return { state, total, done: total - left };
}

const wasRun = (state: BulkState): state is ActState => state !== "DRAFT";

/** Null for a draft. */
function toLine(act: Prisma.BulkActGetPayload<{ select: typeof ACT }>, locale: string): ActLine | null {
  const { id, state, reason, total, createdAt, letter, admin } = act;
  if (!wasRun(state) || reason === null) return null;
  return {
    id,
    state,
    total,
    createdAt,
    letter: toChoice(letter, locale),
    reason: openReason(id, reason),
    by: openAdminAddress(admin.address),
  };
}
