import { type Database, db } from "@/lib/db/client";
import { createToken, hashToken } from "@/lib/encryption/tokens";
import { findLink, shownBy } from "@/lib/signatures/queries";
import type { Prisma } from "@/prisma/generated/client";

/** Makes a link to one's own signature. @returns its token, which is kept nowhere in the clear */
export async function makeManageLink(signatureId: string): Promise<string> {
  const { token, hash } = createToken();
  await db.manageLink.create({ data: { tokenHash: hash, signatureId }, select: { tokenHash: true } });
  return token;
}

/** The states of a signature that its mailbox has confirmed. */
export const CONFIRMED = ["VERIFIED", "APPROVED", "REJECTED"] as const;

/**
 * The signatures that a link manages: all that were confirmed from its mailbox. A link that confirmed something manages
 * that too, for as long as it works.
 * @returns a condition; null for an unknown link and one that is over
 */
export async function managedBy(
  database: Database,
  token: string,
  now: Date,
): Promise<Prisma.SignatureWhereInput | null> {
  const confirmed = { state: { in: [...CONFIRMED] }, key: { isNot: null } };
  const own = await database.manageLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { signature: { select: { id: true, mailboxHash: true } } },
  });
  if (own) {
    const { id, mailboxHash } = own.signature;
    return { ...(mailboxHash ? { mailboxHash } : { id }), ...confirmed };
  }
  const link = await findLink(database, token);
  if (!link?.usedAt || link.expiresAt <= now) return null;
  return { ...shownBy(link), ...confirmed, verifiedAt: { gte: link.mailedAt } };
}
