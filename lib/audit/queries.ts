import { type Database, db } from "@/lib/db/client";

/** The last link of the audit log's chain. Noted elsewhere, it proves later that nothing before it is gone. */
export type ChainHead = { number: bigint; hash: string };

/** The chain's head; null before the first link. */
export function chainHead(on: Database = db): Promise<ChainHead | null> {
  return on.auditLink.findFirst({ orderBy: { number: "desc" }, select: { number: true, hash: true } });
}

/** Whether the chain still has a link that was seen in it before. */
export async function stillHas({ number, hash }: ChainHead): Promise<boolean> {
  const link = await db.auditLink.findUnique({ where: { number }, select: { hash: true } });
  return link?.hash === hash;
}

/** How many entries since a time wait to be linked, and when the oldest of them was written. */
export async function unlinkedSince(since: Date): Promise<{ count: number; oldest: Date | null }> {
  const where = { at: { gte: since }, link: null };
  const { _count, _min } = await db.auditEntry.aggregate({ where, _count: true, _min: { at: true } });
  return { count: _count, oldest: _min.at };
}
