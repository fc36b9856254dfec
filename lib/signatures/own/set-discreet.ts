import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/**
 * Has one's mailbox get discreet emails from now on. Nothing makes that laxer: anyone who finds a link must
 * not have a cause named in somebody's mailbox.
 * @throws DomainError `not-found` for a link that does not lead to the signature
 */
export async function setDiscreet(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id, letterId } = await lockOwn(tx, own);
    const changed = await tx.signature.updateMany({
      where: { id, discreet: false },
      data: { discreet: true },
    });
    if (changed.count === 0) return;
    const line = { action: "signature.discreet-on", letterId, signatureId: id };
    await writeAudit(tx, { ...auditHead(bySignatory(own.now)), ...line });
  });
}
