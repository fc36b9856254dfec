import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { type FailedMail, queueAgain } from "@/lib/mail/queue-again";
import { resendable } from "@/lib/mail/rules";
import { isSuppressed, spellingOf } from "@/lib/mail/suppress-address";
import { lockSignatures } from "@/lib/signatures/engine/subject";

type Resending = { admin: Admin; id: string; now: Date };

/**
 * Queues a mail again that could not be delivered; a confirmation with a fresh link. Once for each failure: of two
 * administrators at once, one does it.
 * @throws DomainError `forbidden`; `not-found` where no mail failed under this id; `conflict` where it was sent again
 * meanwhile, or where nobody wants it or would get it any more
 */
export async function resendFailedMail({ admin, id, now }: Resending): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "mail.resend");
    const failed = await tx.mail.findFirst({
      where: { id, state: "FAILED" },
      select: { message: true, signatureId: true, mailboxHash: true },
    });
    if (!failed) throw new DomainError("not-found");
    await lockConcerned(tx, failed);
    const { count } = await tx.mail.updateMany({
      where: { id, state: "FAILED", resentAt: null },
      data: { resentAt: now },
    });
    if (count === 0) throw new DomainError("conflict");
    const signature = await wanted(tx, failed);
    await queueAgain(tx, [failed], now);
    await writeAudit(tx, {
      at: now,
      actor: "ADMIN",
      adminId: admin.id,
      action: "mail.resend",
      letterId: signature.letterId,
      signatureId: signature.id,
      details: { mail: id, message: failed.message },
    });
  });
}

const WANTED = {
  id: true,
  letterId: true,
  state: true,
  addressHash: true,
  key: { select: { wrapped: true } },
} as const;

async function lockConcerned(tx: Tx, { signatureId, mailboxHash }: FailedMail): Promise<void> {
  const waiting = mailboxHash
    ? await tx.signature.findMany({ where: { mailboxHash, state: "PENDING" }, select: { id: true } })
    : [];
  const ids = waiting.map(({ id }) => id);
  await lockSignatures(tx, signatureId ? [...ids, signatureId] : ids);
}

/**
 * The signature that the mail is about, or one that waits in the mailbox.
 * @throws DomainError `conflict` where nobody wants the mail any more
 */
async function wanted(tx: Tx, { message, signatureId, mailboxHash }: FailedMail) {
  const about = signatureId
    ? { id: signatureId }
    : { mailboxHash: mailboxHash ?? "", state: "PENDING" as const };
  const signature = await tx.signature.findFirst({ where: about, select: WANTED });
  if (!signature?.key || !signature.addressHash) throw new DomainError("conflict");
  const { id, letterId, state } = signature;
  const spelling = await spellingOf(tx, id);
  const suppressed = spelling !== null && (await isSuppressed(tx, spelling, message));
  if (resendable({ message, resent: false, state, suppressed }) !== "yes") throw new DomainError("conflict");
  return { id, letterId };
}
