import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueBulkAction } from "@/lib/jobs/queue";
import { encryptReason } from "@/lib/moderation/bulk/encrypted";
import { bulkStatesBefore } from "@/lib/moderation/bulk/rules";
import type { Prisma } from "@/prisma/generated/client";

type Asked = { admin: Admin; bulkActionId: string; now: Date };

/**
 * Begins the bulk action that was drafted, under the name of the person who runs it, and queues the work.
 * @param reason why, of a rejection
 * @throws DomainError `not-found`, `conflict` where it was run already, `invalid` for a rejection without a reason,
 * `forbidden`
 */
export async function runAction({ reason, ...asked }: Asked & { reason: string | null }): Promise<void> {
  await begin(asked, "run", async (tx, { operation, total }) => {
    if (operation === "REJECT" && !reason) throw new DomainError("invalid");
    const { bulkActionId, admin, now } = asked;
    const encrypted = operation === "REJECT" && reason ? encryptReason(bulkActionId, reason) : null;
    const { count } = await tx.bulkAction.updateMany({
      where: { id: bulkActionId, state: { in: bulkStatesBefore("run") } },
      data: { state: "RUNNING", adminId: admin.id, reason: encrypted, createdAt: now },
    });
    return { count, details: { operation, signatures: total } };
  });
}

/**
 * Begins to undo a bulk action as a whole; one that is still running is stopped where it is.
 * @throws DomainError `not-found`, `conflict` where it is undone or being undone already, `forbidden`
 */
export async function undoAction(asked: Asked): Promise<void> {
  await begin(asked, "undo", async (tx, { operation }) => {
    const { bulkActionId, admin } = asked;
    const { count } = await tx.bulkAction.updateMany({
      where: { id: bulkActionId, state: { in: bulkStatesBefore("undo") } },
      data: { state: "UNDOING", undoneById: admin.id },
    });
    const where = { bulkActionId, state: "WAITING" } as const;
    if (count > 0) await tx.bulkItem.updateMany({ where, data: { state: "STOPPED" } });
    const signatures = await tx.bulkItem.count({ where: { bulkActionId, state: "DONE" } });
    return { count, details: { operation, signatures } };
  });
}

type Begun = { count: number; details: Prisma.InputJsonObject };
type Found = Prisma.BulkActionGetPayload<{ select: { letterId: true; operation: true; total: true } }>;

async function begin(
  { admin, bulkActionId, now }: Asked,
  event: "run" | "undo",
  update: (tx: Tx, act: Found) => Promise<Begun>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const select = { letterId: true, operation: true, total: true } as const;
    const act = await tx.bulkAction.findUnique({ where: { id: bulkActionId }, select });
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
      details: { bulkAction: bulkActionId, ...details, ...(requestId && { request: requestId }) },
    });
    await enqueueBulkAction(tx, bulkActionId);
  });
}
