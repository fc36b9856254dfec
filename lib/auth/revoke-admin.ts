import { writeAudit } from "@/lib/audit/write-audit";
import { bySystem } from "@/lib/auth/context";
import { adminHash, isConfiguredAdmin } from "@/lib/auth/is-admin";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { endPreviewsOf } from "@/lib/letters/previews/end-previews";

/**
 * Takes the right of an administrator back and ends the sessions, at once. Unless the configuration still names the
 * address, passkeys and recovery codes go too.
 * @returns whether the configuration still names the address
 * @throws DomainError `invalid` for what is no mail address, `not-found` for one that was never an administrator's
 */
export async function revokeAdmin(address: string, now: Date): Promise<{ stillConfigured: boolean }> {
  const strict = adminAddress(address);
  if (!strict) throw new DomainError("invalid");
  const stillConfigured = isConfiguredAdmin(strict);
  await db.$transaction(async (tx) => {
    const row = await tx.admin.findUnique({
      where: { addressHash: adminHash(strict) },
      select: { id: true },
    });
    if (!row && stillConfigured) return;
    if (!row) throw new DomainError("not-found");
    await tx.admin.update({ where: { id: row.id }, data: { granted: false }, select: { id: true } });
    await tx.adminSession.deleteMany({ where: { adminId: row.id } });
    if (!stillConfigured) {
      await tx.adminPasskey.deleteMany({ where: { adminId: row.id } });
      await tx.adminRecoveryCode.deleteMany({ where: { adminId: row.id } });
    }
    await writeAudit(tx, { at: now, actor: "SYSTEM", adminId: row.id, action: "admin.revoke" });
    await endPreviewsOf(tx, bySystem(now), row.id);
  });
  return { stillConfigured };
}
