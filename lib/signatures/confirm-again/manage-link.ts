import { type Database, db } from "@/lib/db/client";
import { createToken, hashToken } from "@/lib/encryption/tokens";
import { manageLinkEnd } from "@/lib/signatures/confirm-again/rules";

/** Makes a link to one's own signature. @returns its token, which is kept nowhere in the clear */
export async function makeManageLink(signatureId: string, now: Date): Promise<string> {
  const { token, hash } = createToken();
  const link = { tokenHash: hash, signatureId, expiresAt: manageLinkEnd(now) };
  await db.manageLink.create({ data: link, select: { tokenHash: true } });
  return token;
}

/** The signature that a link leads to; null for an unknown link or one that is over. */
export async function signatureBehind(database: Database, token: string, now: Date): Promise<string | null> {
  const link = await database.manageLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { signatureId: true, expiresAt: true },
  });
  return link && link.expiresAt > now ? link.signatureId : null;
}

/** Forgets some of the links that are over. @returns how many */
export const forgetOldManageLinks = (now: Date, most: number) =>
  db.$executeRaw`
    DELETE FROM manage_link WHERE token_hash IN (
      SELECT token_hash FROM manage_link WHERE expires_at < ${now} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
