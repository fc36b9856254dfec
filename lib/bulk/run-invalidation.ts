import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { bulkStatesBefore } from "@/lib/bulk/rules";
import { sealReason } from "@/lib/bulk/sealed-reason";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueBulkAct } from "@/lib/jobs/queue";

/** A draft that is to be run. */
export type Run = {
  admin: Admin;
  bulkActId: string;
  /** Why, in words; at most 1,000 characters. */
  reason: string;
  now: Date;
};

/**
 * Begins the bulk invalidation that was drafted, under the name of whoever runs it, and queues the work.
 * @throws DomainError `not-found`, `conflict` where it was run already, `forbidden`
 */
export async function runInvalidation({ admin, bulkActId, reason, now }: Run): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "bulk.run");
    const select = { letterId: true, total: true } as const;
    const draft = await tx.bulkAct.findUnique({ where: { id: bulkActId }, select });
    if (!draft) throw new DomainError("not-found");
    const { count } = await tx.bulkAct.updateMany({
      where: { id: bulkActId, state: { in: bulkStatesBefore("run") } },
      data: { state: "RUNNING", adminId: admin.id, reason: sealReason(bulkActId, reason), createdAt: now },
    });
    if (count === 0) throw new DomainError("conflict");
    await writeAudit(tx, {
      at: now,
      actor: "ADMIN",
      adminId: admin.id,
      action: "bulk.run",
      letterId: draft.letterId,
      details: { bulkAct: bulkActId, signatures: draft.total },
    });
    await enqueueBulkAct(tx, bulkActId);
  });
}
