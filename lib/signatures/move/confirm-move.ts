import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { isBlocked } from "@/lib/moderation/blocklist/cached";
import { spellingHash } from "@/lib/signatures/claim";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import { type FoundMove, findMove } from "@/lib/signatures/move/find-move";
import { moveSignature } from "@/lib/signatures/move/move-signature";
import { needsModerator } from "@/lib/signatures/move/needs-moderator";
import { makeManageLink } from "@/lib/signatures/own/manage-link";

/** What confirming has come to: it moved, with the token of a link to it for the new mailbox alone; or it waits. */
export type ConfirmedMove = { moved: boolean; token: string | null };

/**
 * Confirms a move from the new mailbox, or agrees to it from the old one. It happens once both have. A
 * moderator decides where an organisation's domain changes, or without the old mailbox.
 * @throws DomainError `not-found` for an unknown link and one that is over, `already-signed` where that
 * mailbox has signed
 */
export async function confirmMove({ token, now }: { token: string; now: Date }): Promise<ConfirmedMove> {
  const moved = await db.$transaction(async (tx) => {
    const found = await findMove(tx, token, now);
    const [subject] = found ? await lockSubjects(tx, [found.signatureId]) : [];
    // Stopped, or replaced by another, while we waited for the lock.
    const move = await findMove(tx, token, now);
    if (!subject || subject.erased || !move) throw new DomainError("not-found");
    const confirmed = await note(tx, subject, move, now);
    const to = decrypt(subject.key, "move.address", move.address);
    const both = confirmed.state === "CONFIRMED" && confirmed.agreedAt !== null;
    const { id, kind, email: from } = subject;
    if (!both || needsModerator({ kind, from, to }) || (await isBlocked({ email: to, network: null })))
      return null;
    await moveSignature(tx, subject, to, bySignatory(now));
    if (move.side === "old") await enqueueMail(tx, { message: "manage-link", signatureId: id });
    return { id, spellingHash: spellingHash(to), side: move.side };
  });
  if (!moved) return { moved: false, token: null };
  return { moved: true, token: moved.side === "new" ? await makeManageLink(moved) : null };
}

/** Notes that one of the mailboxes has confirmed it, once. */
async function note(tx: Tx, subject: Subject, move: FoundMove, now: Date): Promise<FoundMove> {
  const done = move.side === "new" ? move.state === "CONFIRMED" : move.agreedAt !== null;
  if (done) return move;
  const data = move.side === "new" ? { state: "CONFIRMED" as const, confirmedAt: now } : { agreedAt: now };
  await tx.addressMove.update({ where: { id: move.id }, data, select: { id: true } });
  // Of the new mailbox nobody knows whose it is.
  const by = move.side === "new" ? { actor: "SYSTEM" as const } : {};
  const action = move.side === "new" ? "signature.confirm-move" : "signature.agree-move";
  const { id: signatureId, letterId } = subject;
  await writeAudit(tx, { ...auditHead(bySignatory(now)), ...by, action, letterId, signatureId });
  return { ...move, ...data };
}
