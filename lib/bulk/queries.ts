import { type Admin, openAdminAddress } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import type { Conditions } from "@/lib/bulk/schemas";
import { openConditions } from "@/lib/bulk/sealed-conditions";
import { openReason } from "@/lib/bulk/sealed-reason";
import { db } from "@/lib/db/client";
import { chooseText } from "@/lib/letters/rules";
import type { BulkItemState, BulkState, Prisma } from "@/prisma/generated/client";

/** A letter to choose signatures of. */
export type LetterChoice = { id: string; title: string };

/** A bulk act in the list of them. */
export type ActLine = {
  id: string;
  state: BulkState;
  letter: LetterChoice;
  reason: string;
  total: number;
  createdAt: Date;
  /** The address of the administrator who ran it. */
  by: string;
};

/** How far a bulk act is. */
export type Progress = { state: BulkState; total: number; done: number };

/** A bulk act as its own page shows it. */
export type ActDetail = ActLine & {
  conditions: Conditions | null;
  items: Partial<Record<BulkItemState, number>>;
  progress: Progress;
  doneAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
};

const LETTER = {
  id: true,
  locale: true,
  versions: {
    orderBy: { number: "desc" },
    take: 1,
    select: { texts: { select: { locale: true, title: true } } },
  },
} as const;

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

/** All letters, newest first, by their titles in a language. @throws DomainError `forbidden` */
export async function letterChoices(admin: Admin, locale: string): Promise<LetterChoice[]> {
  assertMay(admin, "bulk.read");
  const letters = await db.letter.findMany({ orderBy: { id: "desc" }, select: LETTER });
  return letters.map((letter) => toChoice(letter, locale));
}

/** The last bulk acts, newest first. @throws DomainError `forbidden` */
export async function lastActs(admin: Admin, locale: string): Promise<ActLine[]> {
  assertMay(admin, "bulk.read");
  const acts = await db.bulkAct.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
    select: ACT,
  });
  return acts.map((act) => toLine(act, locale));
}

/** One bulk act; null where there is none. @throws DomainError `forbidden` */
export async function actDetail(admin: Admin, id: string, locale: string): Promise<ActDetail | null> {
  assertMay(admin, "bulk.read");
  const act = await db.bulkAct.findUnique({ where: { id }, select: DETAIL });
  if (!act) return null;
  const items = await countItems(id);
  const { doneAt, undoneAt, undoneBy } = act;
  return {
    ...toLine(act, locale),
    conditions: openConditions(act.conditions),
    items,
    progress: progressOf(act, items),
    doneAt,
    undoneAt,
    undoneBy: undoneBy && openAdminAddress(undoneBy.address),
  };
}

/** How far a bulk act is; null where there is none. @throws DomainError `forbidden` */
export async function actProgress(admin: Admin, id: string): Promise<Progress | null> {
  assertMay(admin, "bulk.read");
  const act = await db.bulkAct.findUnique({ where: { id }, select: { state: true, total: true } });
  return act && progressOf(act, await countItems(id));
}

async function countItems(bulkActId: string): Promise<ActDetail["items"]> {
  const groups = await db.bulkItem.groupBy({ by: ["state"], where: { bulkActId }, _count: { _all: true } });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all]));
}

/** While it runs, what no longer waits is done; while it is undone, what no longer stands as the act left it. */
function progressOf(
  { state, total }: { state: BulkState; total: number },
  items: ActDetail["items"],
): Progress {
  const left = { DRAFT: total, RUNNING: items.WAITING, UNDOING: items.DONE, DONE: 0, UNDONE: 0 }[state] ?? 0;
  return { state, total, done: total - left };
}

type Letter = Prisma.LetterGetPayload<{ select: typeof LETTER }>;

function toChoice({ id, locale: own, versions }: Letter, locale: string): LetterChoice {
  return { id, title: chooseText(versions[0]?.texts ?? [], locale, own).title };
}

function toLine(act: Prisma.BulkActGetPayload<{ select: typeof ACT }>, locale: string): ActLine {
  const { id, state, total, createdAt, letter, admin } = act;
  const reason = act.reason === null ? "" : openReason(id, act.reason);
  return {
    id,
    state,
    total,
    createdAt,
    letter: toChoice(letter, locale),
    reason,
    by: openAdminAddress(admin.address),
  };
}
