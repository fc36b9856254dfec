import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { hashToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { decryptMailboxKey } from "@/lib/signatures/confirmation-link";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { stop } from "@/lib/signatures/move/stop-move";
import { managedBy, ofMailbox } from "@/lib/signatures/own/manage-link";

/**
 * Ends all links of a mailbox but the one that is held, and the moves to other addresses that links can agree to; the mailbox is
 * told by a mail with a new link. Each link does so once: whoever has found one shuts out its owner until the next mail, and no
 * longer, and the owner's new link ends the found one.
 * @throws DomainError `conflict` where it has done so before and there are others again, `not-found`
 */
export async function endOtherLinks({ token, now }: { token: string; now: Date }): Promise<void> {
  await db.$transaction(async (tx) => {
    const subjects = await lockSubjects(tx, await managed(tx, token));
    // Another link may have ended this one while we waited.
    const link = await tx.manageLink.findUnique({
      where: { tokenHash: hashToken(token), endedAt: null },
      select: { endedOthers: true, signature: { select: { id: true, mailboxHash: true } } },
    });
    const [first] = subjects;
    if (!link || !first) throw new DomainError("not-found");
    const { endedOthers, signature } = link;
    const others = {
      tokenHash: { not: hashToken(token) },
      endedAt: null,
      signature: ofMailbox(signature),
    };
    if (endedOthers) {
      if ((await tx.manageLink.count({ where: others })) > 0) throw new DomainError("conflict");
      return;
    }
    await tx.manageLink.updateMany({ where: others, data: { endedAt: now } });
    await tx.manageLink.update({ where: { tokenHash: hashToken(token) }, data: { endedOthers: true } });
    if (signature.mailboxHash) await endConfirmationLinks(tx, signature.mailboxHash, now);
    const head = auditHead(bySignatory(now));
    for (const subject of subjects) {
      await stop(tx, subject, now);
      const { id: signatureId, letterId } = subject;
      await writeAudit(tx, { ...head, action: "signature.end-links", letterId, signatureId });
    }
    await enqueueMail(tx, { message: "links-ended", signatureId: first.id });
  });
}

async function managed(tx: Tx, token: string): Promise<string[]> {
  const where = await managedBy(tx, token);
  const rows = where ? await tx.signature.findMany({ where, select: { id: true } }) : [];
  return rows.map(({ id }) => id);
}

/** They lead on to what was confirmed. One whose mail has not left is nobody's yet. */
async function endConfirmationLinks(tx: Tx, mailboxHash: string, now: Date): Promise<void> {
  const mailbox = await tx.mailbox.findUnique({ where: { hash: mailboxHash } });
  const mails = await tx.mail.findMany({
    where: { mailboxHash, message: "confirm-signature", state: "WAITING" },
    select: { payload: true },
  });
  const unread = mails.map(({ payload }) => {
    const { encryptedToken } = payload as { encryptedToken: string };
    return hashToken(
      decrypt(decryptMailboxKey(mailboxHash, mailbox?.wrapped ?? ""), "mail.token", encryptedToken),
    );
  });
  const read = [{ usedAt: { not: null } }, { tokenHash: { notIn: unread } }];
  const where = { mailboxHash, expiresAt: { gt: now }, OR: read };
  await tx.confirmationLink.updateMany({ where, data: { expiresAt: now } });
}
