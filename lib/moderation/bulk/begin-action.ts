import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueBulkAct } from "@/lib/jobs/queue";
import { bulkStatesBefore } from "@/lib/moderation/bulk/rules";
import { sealReason } from "@/lib/moderation/bulk/sealed";
import type { Prisma } from "@/prisma/generated/client";

type Asked = { admin: Admin; bulkActId: string; now: Date };

/**
 * Begins the bulk action that was drafted, under the name of whoever runs it, and queues the work.
 * @param reason why, of a rejection
 * @throws DomainError `not-found`, `conflict` where it was run already, `invalid` for a rejection without a reason,
 * `forbidden`
 */
export async function runAction({ reason, ...asked }: Asked & { reason: string | null }): Promise<void> {
  await begin(asked, "run", async (tx, { operation, total }) => {
    if (operation === "REJECT" && !reason) throw new DomainError("invalid");
    const { bulkActId, admin, now } = asked;
    const sealed = operation === "REJECT" && reason ? sealReason(bulkActId, reason) : null;
    const { count } = await tx.bulkAct.updateMany({
      where: { id: bulkActId, state: { in: bulkStatesBefore("run") } },
      data: { state: "RUNNING", adminId: admin.id, reason: sealed, createdAt: now },
    });
    return { count, details: { operation, signatures: total } };
  });
}

/**
 * Begins to undo a bulk action as a whole; one that is still running is stopped where it is.
 * @throws DomainError `not-found`, `conflict` where it is undone or being undone already, `forbidden`
 */
export async function undoAction(asked: Asked): Promise<void> {
  await begin(asked, "undo", async (tx) => {
    const { bulkActId, admin } = asked;
    const { count } = await tx.bulkAct.updateMany({
      where: { id: bulkActId, state: { in: bulkStatesBefore("undo") } },
      data: { state: "UNDOING", undoneById: admin.id },
    });
    const where = { bulkActId, state: "WAITING" } as const;
    if (count > 0) await tx.bulkItem.updateMany({ where, data: { state: "STOPPED" } });
    return { count, details: {} };
  });
}

type Begun = { count: number; details: Prisma.InputJsonObject };
type Found = Prisma.BulkActGetPayload<{ select: { letterId: true; operation: true; total: true } }>;

async function begin(
  { admin, bulkActId, now }: Asked,
  event: "run" | "undo",
  update: (tx: Tx, act: Found) => Promise<Begun>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const select = { letterId: true, operation: true, total: true } as const;
    const act = await tx.bulkAct.findUnique({ where: { id: bulkActId }, select });
    const { actor, requestId } = byAdmin(admin, now);
    await assertPermitted(tx, actor, "bulk.run", act?.letterId ?? null);
    if (!act) throw new DomainError("not-found");
    const { count, details } = await update(tx, act);
    if (count === 0) throw new DomainError("conflict");
    await writeAudit(tx, {
      at: now,
      actor: "ADMIN",
      adminId: admin.id,
      action: `bulk.${event}`,
      letterId: act.letterId,
      details: { bulkAct: bulkActId, ...details, ...(requestId && { request: requestId }) },
    });
    await enqueueBulkAct(tx, bulkActId);
  });
}
