import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { personOf, type Session } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";

/** A passkey as its owner sees it. */
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

/** Whether the administrator of a session has a passkey to prove; else the first is to be made. */
export async function hasPasskey(session: Session): Promise<boolean> {
  return (await db.adminPasskey.count({ where: { adminId: personOf(session).id } })) > 0;
}
