import { LINK_COVERS_MS } from "@/lib/abuse/limits/limits";
import type { Database, Tx } from "@/lib/db/client";
import { keyedHash } from "@/lib/encryption/hash";
import { hashToken } from "@/lib/encryption/tokens";

const withdrawnHash = (tokenHash: string) => keyedHash("withdrawn-link-1", tokenHash);

/**
 * Notes which links showed signatures that are withdrawn now, and nothing else of them: neither whose they were nor when.
 * @param ids of signatures that are about to be erased; those that expired are left out
 */
export async function noteWithdrawnLinks(tx: Tx, ids: string[]): Promise<void> {
  const links = await tx.$queryRaw<{ tokenHash: string }[]>`
    SELECT DISTINCT l.token_hash AS "tokenHash" FROM confirmation_link l JOIN signature s ON s.mailbox_hash = l.mailbox_hash
    WHERE s.id = ANY(${ids}::uuid[]) AND s.state = 'WITHDRAWN'
      AND s.submitted_at <= LEAST(l.used_at, l.mailed_at + ${LINK_COVERS_MS} * interval '1 millisecond')`;
  // In one order, or two withdrawals from one mailbox would wait for each other.
  const hashes = links.map(({ tokenHash }) => withdrawnHash(tokenHash)).sort();
  await tx.withdrawnLink.createMany({ data: hashes.map((hash) => ({ hash })), skipDuplicates: true });
}

/** Whether a link showed a signature that was withdrawn. */
export const showedWithdrawn = async (db: Database, token: string): Promise<boolean> =>
  (await db.withdrawnLink.count({ where: { hash: withdrawnHash(hashToken(token)) } })) > 0;
