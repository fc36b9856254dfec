import { decryptAdminAddress, encryptAdminAddress } from "@/lib/auth/admin";
import { idleSince, linkEnd } from "@/lib/auth/rules";
import { db, type Tx } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";

export async function insertLink(tx: Tx, link: { token: string; address: string; now: Date }): Promise<void> {
  const { token, address, now } = link;
  await tx.adminLink.create({
    data: { tokenHash: hashToken(token), address: encryptAdminAddress(address), expiresAt: linkEnd(now) },
    select: { expiresAt: true },
  });
}

/** Whether a link would still sign somebody in. Changes nothing. */
export async function linkWorks(token: string, now: Date): Promise<boolean> {
  return (await db.adminLink.count({ where: { tokenHash: hashToken(token), expiresAt: { gt: now } } })) === 1;
}

/** Uses a link up. @returns its address to one of concurrent callers; null to the others, and for one that is over */
export async function useLink(tx: Tx, token: string, now: Date): Promise<string | null> {
  const [link] = await tx.$queryRaw<{ address: string }[]>`
    DELETE FROM admin_link WHERE token_hash = ${hashToken(token)} AND expires_at > ${now} RETURNING address`;
  return link ? decryptAdminAddress(link.address) : null;
}

/** Forgets some of the links that are over. @returns how many */
export async function forgetOldLinks(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM admin_link WHERE token_hash IN (
      SELECT token_hash FROM admin_link WHERE expires_at <= ${now} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}

/** Forgets some of the sessions that are over, or have idled too long. @returns how many */
export async function forgetOldSessions(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM admin_session WHERE id IN (
      SELECT id FROM admin_session WHERE expires_at <= ${now} OR seen_at <= ${idleSince(now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
