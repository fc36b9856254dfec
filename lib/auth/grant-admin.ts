import { writeAudit } from "@/lib/audit/write-audit";
import { adminRow } from "@/lib/auth/admin";
import { bySystem } from "@/lib/auth/context";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { endPreviewsOf } from "@/lib/letters/previews/end-previews";
import type { AdminRole } from "@/prisma/generated/enums";

/**
 * Makes an address an administrator's, by the command line. Repeating it does no harm; another role ends the sessions.
 * @param role without one, a moderator's for somebody new; that of an administrator stays
 * @returns the address in the form in which it is compared
 * @throws DomainError `invalid` for what is no mail address
 */
export async function grantAdmin(address: string, now: Date, role?: AdminRole): Promise<string> {
  const strict = adminAddress(address);
  if (!strict) throw new DomainError("invalid");
  await db.$transaction(async (tx) => {
    const before = await adminRow(strict, now, tx);
    const after = role ?? (before.granted ? before.role : "MODERATOR");
    if (before.granted && before.role === after) return;
    const { id } = before;
    // Who is new here, or here again, is for all letters; owners limit that on the page People.
    const data = { granted: true, role: after, ...(before.granted ? {} : { allLetters: true }) };
    await tx.admin.update({ where: { id }, data, select: { id: true } });
    await tx.adminSession.deleteMany({ where: { adminId: id } });
    const details = { role: after };
    const action = before.granted ? "admin.role" : "admin.grant";
    await writeAudit(tx, { at: now, actor: "SYSTEM", adminId: id, action, details });
    await endPreviewsOf(tx, bySystem(now), id);
  });
  return strict;
}
