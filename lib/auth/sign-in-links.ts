import { createHash } from "node:crypto";
import { decryptAdminAddress, encryptAdminAddress } from "@/lib/auth/admin";
import { idleSince, linkEnd } from "@/lib/auth/rules";
import { db, type Tx } from "@/lib/db/client";
import { derivedSecret } from "@/lib/encryption/hash";

/** The secret that next-auth mixes into its hashes. */
export const authSecret = () => derivedSecret("next-auth");

/** The stored form of a link's token: next-auth's `hashToken`, which it looks links up by. */
export function linkHash(token: string): string {
  return createHash("sha256").update(`${token}${authSecret()}`).digest("hex");
}

/** Stores a link for an address. */
export async function insertLink(tx: Tx, link: { token: string; address: string; now: Date }): Promise<void> {
  const { token, address, now } = link;
  await tx.adminLink.create({
    data: { tokenHash: linkHash(token), address: encryptAdminAddress(address), expiresAt: linkEnd(now) },
    select: { expiresAt: true },
  });
}

/** Whether a link would still sign somebody in. Changes nothing. */
export async function linkWorks(token: string, now: Date): Promise<boolean> {
  return (await db.adminLink.count({ where: { tokenHash: linkHash(token), expiresAt: { gt: now } } })) === 1;
}

/** Uses a link up: of concurrent callers one gets its address, the others null, as for an expired one. */
export async function useLink(
  tokenHash: string,
  now: Date,
): Promise<{ address: string; expiresAt: Date } | null> {
  const [link] = await db.$queryRaw<{ address: string; expiresAt: Date }[]>`
    DELETE FROM admin_link WHERE token_hash = ${tokenHash} AND expires_at > ${now}
    RETURNING address, expires_at AS "expiresAt"`;
  return link ? { address: decryptAdminAddress(link.address), expiresAt: link.expiresAt } : null;
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
