import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/** Turns news about the letter on or off. @throws DomainError `not-found` for a link that does not lead to the signature */
export async function setUpdates({ updates, ...own }: Own & { updates: boolean }): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id, letterId } = await lockOwn(tx, own);
    const changed = await tx.signature.updateMany({ where: { id, updates: !updates }, data: { updates } });
    if (changed.count === 0) return;
    const action = updates ? "signature.updates-on" : "signature.updates-off";
    await writeAudit(tx, { ...auditHead(bySignatory(own.now)), action, letterId, signatureId: id });
  });
}
