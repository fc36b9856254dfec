import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/**
 * Stops a change of one's own signature that waits: nobody can approve it any more.
 * @throws DomainError `conflict` where a moderator was first, `not-found`
 */
export async function stopChange(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id: signatureId, letterId } = await lockOwn(tx, own);
    const waiting = { signatureId, state: "WAITING" as const };
    const { count } = await tx.proposal.updateMany({ where: waiting, data: { state: "STOPPED" } });
    if (count === 0) {
      // A second press; but never "stopped" of what a moderator has decided meanwhile.
      const stopped = await tx.proposal.count({ where: { signatureId, state: "STOPPED" } });
      if (stopped === 0) throw new DomainError("conflict");
      return;
    }
    const action = "signature.stop-change";
    await writeAudit(tx, { ...auditHead(bySignatory(own.now)), action, letterId, signatureId });
  });
}
