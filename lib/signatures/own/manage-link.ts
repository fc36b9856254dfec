import { type Database, db } from "@/lib/db/client";
import { createToken, hashToken } from "@/lib/encryption/tokens";
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
 * The signatures that a link manages: all that were confirmed from its mailbox.
 * @returns a condition; null for an unknown link
 */
export async function managedBy(
  database: Database,
  token: string,
): Promise<Prisma.SignatureWhereInput | null> {
  const own = await database.manageLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { signature: { select: { id: true, mailboxHash: true } } },
  });
  if (!own) return null;
  const { id, mailboxHash } = own.signature;
  const of = mailboxHash ? { mailboxHash } : { id };
  return { ...of, state: { in: [...CONFIRMED] }, key: { isNot: null } };
}
