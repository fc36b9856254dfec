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
      AND s.submitted_at <= LEAST(l.used_at, l.mailed_at + ${LINK_COVERS_MS} * interval '1 millisecond')
    UNION SELECT m.token_hash FROM manage_link m JOIN signature s ON s.id = m.signature_id
    WHERE s.id = ANY(${ids}::uuid[]) AND s.state = 'WITHDRAWN'`;
  // In one order, or two withdrawals from one mailbox would wait for each other.
  const hashes = links.map(({ tokenHash }) => withdrawnHash(tokenHash)).sort();
  await tx.withdrawnLink.createMany({ data: hashes.map((hash) => ({ hash })), skipDuplicates: true });
}

/** The tokens among these whose links showed a signature that was withdrawn. */
export async function withdrawnAmong(db: Database, tokens: readonly string[]): Promise<Set<string>> {
  const byHash = new Map(tokens.map((token) => [withdrawnHash(hashToken(token)), token]));
  const found = await db.withdrawnLink.findMany({ where: { hash: { in: [...byHash.keys()] } } });
  return new Set(found.map(({ hash }) => byHash.get(hash) ?? ""));
}
