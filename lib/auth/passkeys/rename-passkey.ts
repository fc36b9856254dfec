import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

type Renamed = { admin: Admin; id: string; name: string; now: Date };

/** Gives one of an administrator's own passkeys another name. @throws DomainError `not-found`, `forbidden` */
export async function renamePasskey({ admin, id, name, now }: Renamed): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "session.own");
    const { count } = await tx.adminPasskey.updateMany({
      where: { id, adminId: admin.id },
      data: { name },
    });
    if (count === 0) throw new DomainError("not-found");
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "admin.passkey-rename" });
  });
}
