import { sameHead } from "@/lib/audit/head-text";
import type { ChainHead } from "@/lib/audit/queries";
import { db } from "@/lib/db/client";

/** How many noted heads are looked for without walking the log: the newest ones. */
const LOOKED_FOR = 100;

/** The newest noted head that the log no longer has as it was; null where it has all of them. */
export async function missingHead(noted: ChainHead[]): Promise<ChainHead | null> {
  const heads = noted.slice(-LOOKED_FOR);
  const links = await db.auditLink.findMany({
    where: { number: { in: heads.map(({ number }) => number) } },
    select: { number: true, hash: true },
  });
  const hashes = new Map(links.map(({ number, hash }) => [number, hash]));
  const isThere = (head: ChainHead) => sameHead(head, { ...head, hash: hashes.get(head.number) ?? "" });
  return heads.findLast((head) => !isThere(head)) ?? null;
}
