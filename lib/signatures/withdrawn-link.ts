import { LINK_COVERS_MS } from "@/lib/abuse/limits/limits";
import type { Database, Tx } from "@/lib/db/client";
import { keyedHash } from "@/lib/encryption/hash";
import { hashToken } from "@/lib/encryption/tokens";

/** A link is noted once, and again for each further line that stands beside its first one. */
const withdrawnHash = (tokenHash: string, place = 0) =>
  keyedHash("withdrawn-link-1", tokenHash, ...(place > 0 ? [String(place)] : []));

/**
 * Notes which links showed signatures that are withdrawn now, and nothing else of them: neither whose they were nor when.
 * @param ids of signatures that are about to be erased; those that expired are left out
 */
export async function noteWithdrawnLinks(tx: Tx, ids: string[]): Promise<void> {
  const where = { id: { in: ids }, state: "WITHDRAWN" as const };
  const withdrawn = await tx.signature.findMany({ where, select: { id: true } });
  const links = await linksOf(
    tx,
    withdrawn.map(({ id }) => id),
  );
  const data = links.map((link) => ({ hash: withdrawnHash(link) })).sort(byHash);
  await tx.withdrawnLink.createMany({ data, skipDuplicates: true });
}

// In one order, or two withdrawals from one mailbox would wait for each other.
const byHash = (one: { hash: string }, other: { hash: string }) => (one.hash < other.hash ? -1 : 1);

/** The links that show signatures, by the hashes of their tokens: a link to one shows all that its mailbox has confirmed. */
export async function linksOf(tx: Tx, ids: string[]): Promise<string[]> {
  const links = await tx.$queryRaw<{ tokenHash: string }[]>`
    SELECT DISTINCT l.token_hash AS "tokenHash" FROM confirmation_link l JOIN signature s ON s.mailbox_hash = l.mailbox_hash
    WHERE s.id = ANY(${ids}::uuid[])
      AND s.submitted_at <= LEAST(l.used_at, l.mailed_at + ${LINK_COVERS_MS} * interval '1 millisecond')
    UNION SELECT m.token_hash FROM manage_link m WHERE m.signature_id = ANY(${ids}::uuid[])
    UNION SELECT m.token_hash FROM signature s JOIN signature o ON o.mailbox_hash = s.mailbox_hash
      JOIN manage_link m ON m.signature_id = o.id
    WHERE s.id = ANY(${ids}::uuid[]) AND s.verified_at IS NOT NULL`;
  return links.map(({ tokenHash }) => tokenHash).sort();
}

/**
 * Has links, and one more, remove the line about who withdrew, beside the lines that they can remove already.
 * @param links from `linksOf` @param token of the link in the mail about it
 */
export async function linkToNote(tx: Tx, links: string[], token: string, noteId: string): Promise<void> {
  for (const link of [...links, hashToken(token)]) {
    const places = await placesOf(tx, link);
    const free = places.find((place) => place.noteId === null);
    const hash = free?.hash ?? withdrawnHash(link, places.length);
    await tx.withdrawnLink.upsert({ where: { hash }, create: { hash, noteId }, update: { noteId } });
  }
}

/** The lines that a link can remove. */
export async function notesBehind(database: Database, token: string): Promise<string[]> {
  const places = await placesOf(database, hashToken(token));
  return places.flatMap(({ noteId }) => noteId ?? []);
}

/** All that is noted of one link. Nothing of it is ever deleted, so that the first missing one ends it. */
async function placesOf(database: Database, tokenHash: string) {
  const places: { hash: string; noteId: string | null }[] = [];
  for (;;) {
    const where = { hash: withdrawnHash(tokenHash, places.length) };
    const place = await database.withdrawnLink.findUnique({ where });
    if (!place) return places;
    places.push(place);
  }
}

/** The tokens among these whose links showed a signature that was withdrawn. */
export async function withdrawnAmong(db: Database, tokens: readonly string[]): Promise<Set<string>> {
  const ofHash = new Map(tokens.map((token) => [withdrawnHash(hashToken(token)), token]));
  const found = await db.withdrawnLink.findMany({ where: { hash: { in: [...ofHash.keys()] } } });
  return new Set(found.map(({ hash }) => ofHash.get(hash) ?? ""));
}
