import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { byAdmin } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { lockSeen, type Moderation } from "@/lib/moderation/moderate";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { decryptProposed, encryptRefusal } from "@/lib/signatures/own/proposal";
import { reveals, showableFrom } from "@/lib/signatures/own/rules";
import { LIMITS } from "@/lib/signatures/schemas";

/** A change that a signatory proposed, as the moderator's page named it: it never changes, a newer one has another id. */
type Deciding = Moderation & { proposalId: string };

/**
 * Approves exactly the fields that a signatory proposed: they are shown from now on, and the mailbox is told.
 * @throws DomainError `not-confirmed` until the mailbox has been told of the proposal, `too-early` for a
 * hidden name until its mailbox has had the time to stop it, `conflict` where it was stopped or replaced, or
 * the signature has moved on, `already-listed`, `forbidden`, `not-found`
 */
export async function approveChange({ admin, seen, proposalId, now }: Deciding): Promise<void> {
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const subject = await lockSeen(tx, seen, context);
    const { contents, shows, mailId, id } = await waitingChange(tx, subject.id, proposalId);
    if (subject.state !== "VERIFIED" && subject.state !== "APPROVED") throw new DomainError("conflict");
    const told = await tx.mail.findFirst({ where: { id: mailId, state: "SENT" }, select: { doneAt: true } });
    if (!told?.doneAt) throw new DomainError("not-confirmed");
    const { country, fields } = decryptProposed(subject.key, contents);
    const { movedAt } = await tx.signature.findUniqueOrThrow({
      where: { id: subject.id },
      select: { movedAt: true },
    });
    const waits = showableFrom({ toldAt: told.doneAt, movedAt }) > now;
    if (waits && reveals(shows, subject, { country, fields })) throw new DomainError("too-early");
    const after = { country, fields, ...(shows && { visibility: "PUBLIC" as const }) };
    const action = shows ? "signature.show" : "signature.approve-change";
    await applyChange(tx, { subject, action, after, mail: "change-approved" }, context);
    await tx.proposal.delete({ where: { id }, select: { id: true } });
  });
}

/**
 * Refuses it, for a reason that its signatory reads: what is shown stays.
 * @throws DomainError `invalid` without a reason, and as above
 */
export async function refuseChange({
  admin,
  seen,
  proposalId,
  reason,
  now,
}: Deciding & { reason: string }): Promise<void> {
  const words = reason.trim().normalize("NFC");
  if (!words || [...words].length > LIMITS.reason) throw new DomainError("invalid");
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const subject = await lockSeen(tx, seen, context);
    const { id } = await waitingChange(tx, subject.id, proposalId);
    const data = { state: "REFUSED" as const, reason: encryptRefusal(subject.key, words) };
    await tx.proposal.update({ where: { id }, data, select: { id: true } });
    const { id: signatureId, letterId } = subject;
    const line = { ...auditHead(context), action: "signature.refuse-change", letterId, signatureId };
    await writeAudit(tx, line);
    await enqueueMail(tx, { message: "change-refused", signatureId });
  });
}

/** The signature is locked, and with it its proposal. */
async function waitingChange(tx: Tx, signatureId: string, id: string) {
  const row = await tx.proposal.findFirst({ where: { id, signatureId, state: "WAITING" } });
  if (!row) throw new DomainError("conflict");
  return row;
}
