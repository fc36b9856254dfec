import { type Database, db } from "@/lib/db/client";

/** The last link of the audit log's chain. Noted elsewhere, it proves later that nothing before it is gone. */
export type ChainHead = { number: bigint; hash: string };

/** The chain's head; null before the first link. */
export function chainHead(on: Database = db): Promise<ChainHead | null> {
  return on.auditLink.findFirst({ orderBy: { number: "desc" }, select: { number: true, hash: true } });
}

export async function stillHas({ number, hash }: ChainHead): Promise<boolean> {
  const link = await db.auditLink.findUnique({ where: { number }, select: { hash: true } });
  return link?.hash === hash;
}

const WALK = "audit-walk";

/**
 * Up to when a walk has found every entry linked, so that the next one begins there. Null before the first, and where links
 * that it saw are gone: then the whole log is to be looked through.
 */
export async function linkedUntil(): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ until: Date }[]>`
    SELECT done_at AS until FROM upkeep WHERE task = ${WALK} AND done_at <= (
      SELECT e.at FROM audit_link l JOIN audit_entry e ON e.id = l.entry_id ORDER BY l.number DESC LIMIT 1)`;
  return row?.until ?? null;
}

/** Notes that all entries that were written by a time are linked; no later than what the head links. */
export async function noteLinkedUntil(until: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO upkeep (task, done_at)
    SELECT ${WALK}, least(e.at, ${until}::timestamptz)
    FROM audit_link l JOIN audit_entry e ON e.id = l.entry_id ORDER BY l.number DESC LIMIT 1
    ON CONFLICT (task) DO UPDATE SET done_at = EXCLUDED.done_at`;
}
