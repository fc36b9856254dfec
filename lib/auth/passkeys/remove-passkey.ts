import { writeAudit } from "@/lib/audit/write-audit";
import { assertStillMay } from "@/lib/auth/assert-may";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { lockAdmin } from "@/lib/auth/lock-admin";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";

type Removed = { admin: ConfirmedAdmin; id: string; sessionId: string; now: Date };

/**
 * Removes one of an administrator's own passkeys, and ends all other sessions: they may have been proved with it. With
 * the last one go the recovery codes.
 * @throws DomainError `last` for the last one where one is required, `not-found`, `forbidden`
 */
export async function removePasskey({ admin, id, sessionId, now }: Removed): Promise<void> {
  await db.$transaction(async (tx) => {
    const adminId = admin.id;
    await lockAdmin(tx, adminId);
    await assertStillMay(tx, admin, "session.own");
    const { count } = await tx.adminPasskey.deleteMany({ where: { id, adminId } });
    if (count === 0) throw new DomainError("not-found");
    const left = await tx.adminPasskey.count({ where: { adminId } });
    if (left === 0 && env().secondFactorRequired) throw new DomainError("last");
    if (left === 0) await tx.adminRecoveryCode.deleteMany({ where: { adminId } });
    await tx.adminSession.deleteMany({ where: { adminId, id: { not: sessionId } } });
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId, action: "admin.passkey-remove" });
  });
}
