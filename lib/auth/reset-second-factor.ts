import { writeAudit } from "@/lib/audit/write-audit";
import { adminHash } from "@/lib/auth/is-admin";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/**
 * Forgets the passkeys and recovery codes of an administrator who has lost them, and ends the sessions; by the command
 * line. The next sign-in sets a passkey up again.
 * @throws DomainError `invalid` for what is no mail address, `not-found` for one that was never an administrator's
 */
export async function resetSecondFactor(address: string, now: Date): Promise<void> {
  const strict = adminAddress(address);
  if (!strict) throw new DomainError("invalid");
  await db.$transaction(async (tx) => {
    const where = { addressHash: adminHash(strict) };
    const row = await tx.admin.findUnique({ where, select: { id: true } });
    if (!row) throw new DomainError("not-found");
    const adminId = row.id;
    await tx.adminPasskey.deleteMany({ where: { adminId } });
    await tx.adminRecoveryCode.deleteMany({ where: { adminId } });
    await tx.adminSession.deleteMany({ where: { adminId } });
    await writeAudit(tx, { at: now, actor: "SYSTEM", adminId, action: "admin.reset-second-factor" });
  });
}
