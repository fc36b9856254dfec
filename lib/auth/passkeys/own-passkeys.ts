import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";

export type OwnPasskey = { id: string; name: string; createdAt: Date; usedAt: Date | null };

/** The passkeys of an administrator, oldest first. */
export async function ownPasskeys(admin: Admin): Promise<OwnPasskey[]> {
  assertMay(admin, "session.own");
  return db.adminPasskey.findMany({
    where: { adminId: admin.id },
    orderBy: { id: "asc" },
    select: { id: true, name: true, createdAt: true, usedAt: true },
  });
}
