import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail, type SignatureMessage } from "@/lib/mail/outbox";
import { resendable } from "@/lib/mail/rules";
import { isSuppressed, spellingOf } from "@/lib/mail/suppress-address";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { openDataKey } from "@/lib/vault/keys";

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
      select: { message: true, signatureId: true },
    });
    if (!failed) throw new DomainError("not-found");
    if (failed.signatureId) await lockSignatures(tx, [failed.signatureId]);
    const { count } = await tx.mail.updateMany({
      where: { id, state: "FAILED", resentAt: null },
      data: { resentAt: now },
    });
    if (count === 0) throw new DomainError("conflict");
    const signature = await wanted(tx, failed.message, failed.signatureId);
    await queueAgain(tx, failed.message, signature, now);
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

type Wanted = { id: string; letterId: string; wrapped: string };

/** The signature that the mail is about. @throws DomainError `conflict` where nobody wants the mail any more */
async function wanted(tx: Tx, message: string, signatureId: string | null): Promise<Wanted> {
  const signature = signatureId
    ? await tx.signature.findUnique({ where: { id: signatureId }, select: WANTED })
    : null;
  if (!signature?.key || !signature.addressHash) throw new DomainError("conflict");
  const { id, letterId, state, key } = signature;
  const spelling = await spellingOf(tx, id);
  const suppressed = spelling !== null && (await isSuppressed(tx, spelling, message));
  if (resendable({ message, resent: false, state, suppressed }) !== "yes") throw new DomainError("conflict");
  return { id, letterId, wrapped: key.wrapped };
}

async function queueAgain(tx: Tx, message: string, { id, wrapped }: Wanted, now: Date): Promise<void> {
  // The link of the mail that failed may have ended by now.
  if (message === "confirm-signature")
    return queueConfirmation(tx, id, openDataKey(id, wrapped), { startAfter: now });
  await enqueueMail(tx, { message: message as SignatureMessage, signatureId: id });
}
