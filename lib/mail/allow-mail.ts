import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { freeAddress } from "@/lib/mail/free-address";
import { spellingOf } from "@/lib/mail/suppress-address";

/** Whose address: that of a signature, or of an undelivered mail whose signature nobody may see yet. */
type Addressed = { signatureId: string } | { mailId: string };

/**
 * Lets an address have mail again that bounced, was reported as unwanted, or has stopped it. Sends nothing by itself.
 * @throws DomainError `forbidden`; `not-found` where there is no such signature or mail, or its person was erased;
 * `conflict` where the address gets mail already
 */
export async function allowMail({
  admin,
  to,
  now,
}: {
  admin: Admin;
  to: Addressed;
  now: Date;
}): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "mail.allow");
    const spelling = await spellingOfMail(tx, to);
    if (!spelling) throw new DomainError("not-found");
    const freed = await freeAddress(tx, [spelling], { at: now, actor: "ADMIN", adminId: admin.id });
    if (!freed) throw new DomainError("conflict");
  });
}

async function spellingOfMail(tx: Tx, to: Addressed): Promise<string | null> {
  const id = "signatureId" in to ? to.signatureId : await signatureOf(tx, to.mailId);
  return id && spellingOf(tx, id);
}

async function signatureOf(tx: Tx, mailId: string): Promise<string | null> {
  const where = { id: mailId, state: "FAILED" } as const;
  const mail = await tx.mail.findFirst({ where, select: { signatureId: true, mailboxHash: true } });
  if (!mail?.mailboxHash) return mail?.signatureId ?? null;
  const { mailboxHash } = mail;
  return (await tx.signature.findFirst({ where: { mailboxHash }, select: { id: true } }))?.id ?? null;
}
