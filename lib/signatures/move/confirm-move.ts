import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { DomainError } from "@/lib/errors";
import { isBlocked } from "@/lib/moderation/blocklist/cached";
import { linesHead } from "@/lib/signatures/engine/audit-line";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { findMove } from "@/lib/signatures/move/find-move";
import { moveSignature } from "@/lib/signatures/move/move-signature";
import { needsModerator } from "@/lib/signatures/move/rules";
import { makeManageLink } from "@/lib/signatures/own/manage-link";

/**
 * Confirms from the new mailbox that a signature is to belong to it. It moves at once, or waits for a moderator.
 * @returns the token of a link to it; null where it waits
 * @throws DomainError `not-found` for an unknown link and one that is over, `already-signed` where that mailbox has signed
 */
export async function confirmMove({ token, now }: { token: string; now: Date }): Promise<string | null> {
  const context = bySignatory(now);
  const moved = await db.$transaction(async (tx) => {
    const found = await findMove(tx, token, now);
    const [subject] = found ? await lockSubjects(tx, [found.signatureId]) : [];
    // Stopped, or replaced by another, while we waited for the lock.
    const move = await findMove(tx, token, now);
    if (!subject || subject.erased || !move) throw new DomainError("not-found");
    const to = decrypt(subject.key, "move.address", move.address);
    const { id: signatureId, letterId, kind, email: from } = subject;
    const blocked = await isBlocked({ email: to, network: null });
    if (!blocked && !needsModerator({ kind, from, to, adminId: move.adminId })) {
      await moveSignature(tx, subject, to, context);
      return signatureId;
    }
    if (move.state === "CONFIRMED") return null;
    const data = { state: "CONFIRMED" as const, confirmedAt: now };
    await tx.addressMove.update({ where: { id: move.id }, data, select: { id: true } });
    const line = { ...linesHead(context), action: "signature.confirm-move", letterId, signatureId };
    await writeAudit(tx, line);
    return null;
  });
  return moved && makeManageLink(moved);
}
