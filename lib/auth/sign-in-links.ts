import { createHash } from "node:crypto";
import { openAdminAddress, sealAdminAddress } from "@/lib/auth/admin";
import { idleSince, linkEnd } from "@/lib/auth/rules";
import { db, type Tx } from "@/lib/db/client";
import { derivedSecret } from "@/lib/vault/hash";

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
    data: { tokenHash: linkHash(token), address: sealAdminAddress(address), expiresAt: linkEnd(now) },
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
  return link ? { address: openAdminAddress(link.address), expiresAt: link.expiresAt } : null;
}

/** Forgets links and sessions that are over, or have idled too long. */
export async function forgetOldSignIns(tx: Tx, now: Date): Promise<number> {
  const links = await tx.adminLink.deleteMany({ where: { expiresAt: { lte: now } } });
  const sessions = await tx.adminSession.deleteMany({
    where: { OR: [{ expiresAt: { lte: now } }, { seenAt: { lte: idleSince(now) } }] },
  });
  return links.count + sessions.count;
}
