import { LRUCache } from "lru-cache";
import type { Database } from "@/lib/db/client";
import { compareLetters, type DiffBlock } from "@/lib/letters/difference/compare";
import { chooseText } from "@/lib/letters/rules";
import type { ChangeSize } from "@/prisma/generated/enums";

/** How the newest text of a letter differs from an earlier version, in one language. */
export type TextChange = {
  size: ChangeSize;
  /** The numbers of both versions. */
  since: number;
  number: number;
  title: string;
  /** The language of the text that is compared. */
  textLocale: string;
  /** Why it was changed since then, in the organiser's words: a line for each version. */
  reason: string | null;
  answerBy: Date | null;
  blocks: DiffBlock[];
};

const TEXTS = {
  select: { locale: true, title: true, standfirst: true, recipients: true, body: true },
} as const;
const EMPTY = { title: "", standfirst: "", recipients: "", body: "" };

/** Compares the newest text with an earlier version; null where that is the newest, or nothing is known of the change. */
export async function textChangeOf(
  db: Database,
  letterId: string,
  sinceId: string,
  locale: string,
): Promise<TextChange | null> {
  const newest = await db.letterVersion.findFirst({
    where: { letterId },
    orderBy: { number: "desc" },
    select: { id: true, number: true, answerBy: true, letter: { select: { locale: true } } },
  });
  if (!newest || newest.id === sinceId) return null;
  const { id, number, answerBy, letter } = newest;
  const change = await db.versionChange.findUnique({
    where: { versionId_sinceId: { versionId: id, sinceId } },
    select: { size: true, since: { select: { number: true } } },
  });
  if (!change) return null;
  const { title, textLocale, blocks } = await compared(db, [sinceId, id], locale, letter.locale);
  return {
    size: change.size,
    since: change.since.number,
    number,
    title,
    textLocale,
    reason: await reasonsSince(db, letterId, change.since.number),
    answerBy,
    blocks,
  };
}

async function reasonsSince(db: Database, letterId: string, since: number): Promise<string | null> {
  const versions = await db.letterVersion.findMany({
    where: { letterId, number: { gt: since } },
    orderBy: { number: "asc" },
    select: { reason: true },
  });
  return [...new Set(versions.flatMap(({ reason }) => reason ?? []))].join("\n") || null;
}

type Compared = Pick<TextChange, "title" | "textLocale" | "blocks">;

/** Published texts never change: emails to many need the same few comparisons. */
const kept = new LRUCache<string, Compared>({ max: 8 });

async function compared(db: Database, ids: [string, string], locale: string, own: string): Promise<Compared> {
  const key = `${ids.join()} ${locale}`;
  const known = kept.get(key);
  if (known) return known;
  const versions = await db.letterVersion.findMany({
    where: { id: { in: ids } },
    select: { id: true, texts: TEXTS },
  });
  const [old, fresh] = ids.map((id) => versions.find((version) => version.id === id)?.texts ?? []);
  const text = chooseText(fresh ?? [], locale, own);
  // Who signed a text that was not in this language yet is shown the change of the letter's own.
  const shared = old?.some((one) => one.locale === text.locale) ? text : chooseText(fresh ?? [], own, own);
  const before = old?.find((one) => one.locale === shared.locale) ?? EMPTY;
  const blocks = compareLetters(before, shared, shared.locale);
  const made = { title: shared.title, textLocale: shared.locale, blocks };
  kept.set(key, made);
  return made;
}
