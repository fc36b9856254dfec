import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import { findMove } from "@/lib/signatures/move/find-move";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/** Stops the move of one's own signature to another address, by a link to the old one. @throws DomainError `not-found` */
export async function stopMove(own: Own): Promise<void> {
  await db.$transaction(async (tx) => stop(tx, await lockOwn(tx, own), own.now));
}

/** The same by the link that the old mailbox was mailed about it. @throws DomainError `not-found` for one that is over */
export async function stopMoveBehind(token: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const found = await findMove(tx, token, now);
    const [subject] = found?.side === "old" ? await lockSubjects(tx, [found.signatureId]) : [];
    if (!subject || !(await findMove(tx, token, now))) throw new DomainError("not-found");
    await stop(tx, subject, now);
  });
}

/** Stops the move of a locked signature, where one waits. */
export async function stop(tx: Tx, { id: signatureId, letterId }: Subject, now: Date): Promise<void> {
  const { count } = await tx.addressMove.deleteMany({ where: { signatureId } });
  if (count === 0) return;
  const action = "signature.stop-move";
  await writeAudit(tx, { ...auditHead(bySignatory(now)), action, letterId, signatureId });
}
