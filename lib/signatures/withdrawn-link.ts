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
  const where = { id: { in: ids }, state: "WITHDRAWN" as const };
  const withdrawn = await tx.signature.findMany({ where, select: { id: true } });
  const hashes = await linksOf(
    tx,
    withdrawn.map(({ id }) => id),
  );
  await tx.withdrawnLink.createMany({ data: hashes.map((hash) => ({ hash })), skipDuplicates: true });
}

/** The links that show signatures, as they are noted once these are withdrawn. */
export async function linksOf(tx: Tx, ids: string[]): Promise<string[]> {
  const links = await tx.$queryRaw<{ tokenHash: string }[]>`
    SELECT DISTINCT l.token_hash AS "tokenHash" FROM confirmation_link l JOIN signature s ON s.mailbox_hash = l.mailbox_hash
    WHERE s.id = ANY(${ids}::uuid[])
      AND s.submitted_at <= LEAST(l.used_at, l.mailed_at + ${LINK_COVERS_MS} * interval '1 millisecond')
    UNION SELECT m.token_hash FROM manage_link m JOIN signature s ON s.id = m.signature_id
    WHERE s.id = ANY(${ids}::uuid[])`;
  // In one order, or two withdrawals from one mailbox would wait for each other.
  return links.map(({ tokenHash }) => withdrawnHash(tokenHash)).sort();
}

/** Has links, and one more, remove the line about who withdrew. @param token of the link in the mail about it */
export async function linkToNote(tx: Tx, hashes: string[], token: string, noteId: string): Promise<void> {
  await tx.withdrawnLink.updateMany({ where: { hash: { in: hashes } }, data: { noteId } });
  await tx.withdrawnLink.createMany({ data: [{ hash: withdrawnHash(hashToken(token)), noteId }] });
}

/** The line that a link can remove; null where there is none. */
export async function noteBehind(database: Database, token: string): Promise<string | null> {
  const where = { hash: withdrawnHash(hashToken(token)) };
  return (await database.withdrawnLink.findUnique({ where }))?.noteId ?? null;
}

/** The tokens among these whose links showed a signature that was withdrawn. */
export async function withdrawnAmong(db: Database, tokens: readonly string[]): Promise<Set<string>> {
  const byHash = new Map(tokens.map((token) => [withdrawnHash(hashToken(token)), token]));
  const found = await db.withdrawnLink.findMany({ where: { hash: { in: [...byHash.keys()] } } });
  return new Set(found.map(({ hash }) => byHash.get(hash) ?? ""));
}
