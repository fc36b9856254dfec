import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { bulkStatesBefore } from "@/lib/bulk/rules";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueBulkAct } from "@/lib/jobs/queue";

/**
 * Begins to undo a bulk invalidation as a whole; one that is still running is stopped where it is.
 * @throws DomainError `not-found`, `conflict` where it is undone or being undone already, `forbidden`
 */
export async function undoInvalidation({
  admin,
  bulkActId,
  now,
}: {
  admin: Admin;
  bulkActId: string;
  now: Date;
}) {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "bulk.run");
    const act = await tx.bulkAct.findUnique({ where: { id: bulkActId }, select: { letterId: true } });
    if (!act) throw new DomainError("not-found");
    const { count } = await tx.bulkAct.updateMany({
      where: { id: bulkActId, state: { in: bulkStatesBefore("undo") } },
      data: { state: "UNDOING", undoneById: admin.id },
    });
    if (count === 0) throw new DomainError("conflict");
    const where = { bulkActId, state: "WAITING" } as const;
    await tx.bulkItem.updateMany({ where, data: { state: "STOPPED" } });
    await writeAudit(tx, {
      at: now,
      actor: "ADMIN",
      adminId: admin.id,
      action: "bulk.undo",
      letterId: act.letterId,
      details: { bulkAct: bulkActId },
    });
    await enqueueBulkAct(tx, bulkActId);
  });
}
