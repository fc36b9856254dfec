import { DRAFT_MS } from "@/lib/bulk/rules";
import { db } from "@/lib/db/client";

/** Each draft goes by itself, for it can have 20,000 items; so few make a batch. */
const BATCH = 20;

/**
 * Deletes some of the drafts that nobody has run within a day, with their items; the signatures stay.
 * @returns how many
 */
export async function forgetDrafts(now: Date): Promise<number> {
  const old = { state: "DRAFT", createdAt: { lt: new Date(now.getTime() - DRAFT_MS) } } as const;
  const drafts = await db.bulkAct.findMany({ where: old, take: BATCH, select: { id: true } });
  let gone = 0;
  for (const { id } of drafts) gone += (await db.bulkAct.deleteMany({ where: { ...old, id } })).count;
  return gone;
}
