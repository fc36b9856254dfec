import { writeAudit } from "@/lib/audit/write-audit";
import { adminRow } from "@/lib/auth/admin";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/**
 * Makes an address an administrator's. Repeating it does no harm.
 * @returns the address in the form in which it is compared
 * @throws DomainError `invalid` for what is no mail address
 */
export async function grantAdmin(address: string, now: Date): Promise<string> {
  const strict = adminAddress(address);
  if (!strict) throw new DomainError("invalid");
  await db.$transaction(async (tx) => {
    const { id, granted } = await adminRow(strict, now, tx);
    if (granted) return;
    await tx.admin.update({ where: { id }, data: { granted: true }, select: { id: true } });
    await writeAudit(tx, { at: now, actor: "SYSTEM", adminId: id, action: "admin.grant" });
  });
  return strict;
}
