import { type Database, db, type Tx } from "@/lib/db/client";
import { createToken, hashToken } from "@/lib/encryption/tokens";
import { enqueueMails } from "@/lib/mail/outbox";
import { Prisma } from "@/prisma/generated/client";

/** A signature, and to which spelling of an address it belonged when that was read. */
type Read = { id: string; spellingHash: string | null };

/**
 * Makes a link to one's own signature, for the mailbox that it was read to be of.
 * @returns its token, which is kept nowhere in the clear; null where the signature has moved away meanwhile
 */
export async function makeManageLink(
  { id, spellingHash }: Read,
  database: Database = db,
): Promise<string | null> {
  const { token, hash } = createToken();
  // Waits for a move under way, and then looks at the row again.
  const made = await database.$executeRaw`
    INSERT INTO manage_link (token_hash, signature_id)
    SELECT ${hash}, id FROM signature
    WHERE id = ${id}::uuid AND spelling_hash IS NOT DISTINCT FROM ${spellingHash} FOR SHARE`;
  return made > 0 ? token : null;
}

/** The states of a signature that its mailbox has confirmed. */
export const CONFIRMED = ["VERIFIED", "APPROVED", "REJECTED"] as const;

/**
 * The signatures that a link manages: all that were confirmed from its mailbox.
 * @returns a condition; null for an unknown link
 */
export async function managedBy(
  database: Database,
  token: string,
): Promise<Prisma.SignatureWhereInput | null> {
  const own = await database.manageLink.findUnique({
    where: { tokenHash: hashToken(token), endedAt: null },
    select: { signature: { select: { id: true, mailboxHash: true } } },
  });
  return own && { ...ofMailbox(own.signature), state: { in: [...CONFIRMED] }, key: { isNot: null } };
}

/** All signatures of the mailbox that one is of; where its mailbox is not known any more, that one. */
export const ofMailbox = ({ id, mailboxHash }: { id: string; mailboxHash: string | null }) =>
  mailboxHash ? { mailboxHash } : { id };

/**
 * Stops links from leading to signatures that leave their mailbox. While others of it are confirmed, the
 * links lead to these.
 * @param ids still with their mailbox
 */
export async function leaveLinks(tx: Tx, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE manage_link m SET signature_id = o.id
    FROM ${leaving(ids)} WHERE m.signature_id = s.id`;
  await tx.manageLink.deleteMany({ where: { signatureId: { in: ids } } });
}

/**
 * Queues anew, about another confirmed signature of the mailbox, what still waits to tell it that its links have ended.
 * @param ids still with their mailbox
 */
export async function leaveEndedLinks(tx: Tx, ids: string[]): Promise<void> {
  const others = await tx.$queryRaw<{ signatureId: string }[]>`
    SELECT DISTINCT o.id AS "signatureId" FROM ${leaving(ids)} JOIN mail m ON m.signature_id = s.id
    WHERE m.message = 'links-ended' AND m.state = 'WAITING'`;
  await enqueueMails(
    tx,
    others.map(({ signatureId }) => ({ mail: { message: "links-ended", signatureId } })),
  );
}

/** Signatures `s`, each with the first other one `o` that its mailbox has confirmed; without those that have no other. */
const leaving = (ids: string[]) => Prisma.sql`
  (SELECT id, mailbox_hash FROM signature WHERE id = ANY(${ids}::uuid[])) s JOIN LATERAL (
    SELECT o.id FROM signature o WHERE o.mailbox_hash = s.mailbox_hash AND o.id <> ALL(${ids}::uuid[])
      AND o.state::text = ANY(${[...CONFIRMED]}::text[])
    ORDER BY o.id LIMIT 1) o ON true`;
