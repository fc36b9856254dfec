import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { linesHead } from "@/lib/signatures/engine/audit-line";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/** Stops the move of one's own signature to another address, by a link to the old one. @throws DomainError `not-found` */
export async function stopMove(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id: signatureId, letterId } = await lockOwn(tx, own);
    const { count } = await tx.addressMove.deleteMany({ where: { signatureId } });
    if (count === 0) return;
    const action = "signature.stop-move";
    await writeAudit(tx, { ...linesHead(bySignatory(own.now)), action, letterId, signatureId });
  });
}
