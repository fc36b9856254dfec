import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { lockAdmin } from "@/lib/auth/lock-admin";
import { codeHash } from "@/lib/auth/recovery/code-hash";
import { CODE_BYTES, formatCode, RECOVERY_CODES, readCode } from "@/lib/auth/recovery/rules";
import { db } from "@/lib/db/client";
import { randomBytes } from "@/lib/encryption/random";
import { DomainError } from "@/lib/errors";

/**
 * Makes new recovery codes; those of before stop working. Only hashes are kept.
 * @returns the codes, to be shown this once
 * @throws DomainError `conflict` without a passkey that they could stand in for, `forbidden`
 */
export async function makeRecoveryCodes(admin: ConfirmedAdmin, now: Date): Promise<string[]> {
  const adminId = admin.id;
  const codes = Array.from({ length: RECOVERY_CODES }, () => formatCode(randomBytes(CODE_BYTES)));
  const data = codes.map((code) => ({ id: uuid(), adminId, hash: codeHash(adminId, readCode(code) ?? "") }));
  await db.$transaction(async (tx) => {
    await lockAdmin(tx, adminId);
    await assertStillMay(tx, admin, "session.own");
    if ((await tx.adminPasskey.count({ where: { adminId } })) === 0) throw new DomainError("conflict");
    await tx.adminRecoveryCode.deleteMany({ where: { adminId } });
    await tx.adminRecoveryCode.createMany({ data });
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId, action: "admin.codes" });
  });
  return codes;
}

/** How many unused recovery codes an administrator has. */
export function codesLeft(admin: Admin): Promise<number> {
  return db.adminRecoveryCode.count({ where: { adminId: admin.id, usedAt: null } });
}
