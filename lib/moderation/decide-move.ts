import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { byAdmin } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { lockSeen, type Moderation } from "@/lib/moderation/moderate";
import { beginMove } from "@/lib/signatures/move/begin-move";
import { decidableAt } from "@/lib/signatures/move/decidable-at";
import { moveSignature } from "@/lib/signatures/move/move-signature";
import { nextState } from "@/lib/signatures/rules";

/**
 * Begins a move for a signatory who lost the old mailbox and wrote from elsewhere. It takes the new mailbox's confirmation, a
 * week in which the old one can stop it unless it agrees, and another administrator.
 * @throws DomainError `unchanged` for the address that it has, `conflict`, `forbidden`, `not-found`
 */
export async function startMove({ admin, seen, email, now }: Moderation & { email: string }): Promise<void> {
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const subject = await lockSeen(tx, seen, context);
    // What nobody has confirmed is nobody's to move.
    if (subject.state === "PENDING" || nextState(subject.state, "withdraw") === null)
      throw new DomainError("conflict");
    await beginMove(tx, subject, email, context);
  });
}

type Deciding = Moderation & { moveId: string };

/**
 * Approves a move that the new mailbox has confirmed.
 * @throws DomainError `same-person` for who began it, `too-early` while the old mailbox can stop one that it has not agreed to,
 * `already-signed`, `conflict` where it was stopped or replaced, `forbidden`, `not-found`
 */
export async function approveMove({ admin, seen, moveId, now }: Deciding): Promise<void> {
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const subject = await lockSeen(tx, seen, context);
    const move = await confirmedMove(tx, subject.id, moveId);
    if (move.adminId === admin.id) throw new DomainError("same-person");
    if ((await decidableAt(tx, move)) > now) throw new DomainError("too-early");
    await moveSignature(tx, subject, decrypt(subject.key, "move.address", move.address), context);
    await enqueueMail(tx, { message: "manage-link", signatureId: subject.id });
  });
}

/** Refuses it: the signature stays where it is. @throws DomainError `conflict`, `forbidden`, `not-found` */
export async function refuseMove({ admin, seen, moveId, now }: Deciding): Promise<void> {
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const { id: signatureId, letterId } = await lockSeen(tx, seen, context);
    const { id } = await confirmedMove(tx, signatureId, moveId);
    await tx.addressMove.delete({ where: { id }, select: { id: true } });
    const line = { ...auditHead(context), action: "signature.refuse-move", letterId, signatureId };
    await writeAudit(tx, line);
  });
}

/** The signature is locked, and with it its move. */
async function confirmedMove(tx: Tx, signatureId: string, id: string) {
  const move = await tx.addressMove.findFirst({ where: { id, signatureId, state: "CONFIRMED" } });
  if (!move) throw new DomainError("conflict");
  return move;
}
