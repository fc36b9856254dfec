import { type Admin, adminById } from "@/lib/auth/admin";
import { type AdminAction, can } from "@/lib/auth/permissions";
import type { Database } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/** Refuses one whose role is not enough: the first line of everything that only shows. @throws DomainError `forbidden` */
export function assertMay(admin: Admin, action: AdminAction): void {
  if (!can(admin.role, action)) throw new DomainError("forbidden");
}

/**
 * The same for everything that changes something, inside its transaction: also refuses one whose right or role was
 * taken away since the request began.
 * @throws DomainError `forbidden`
 */
export async function assertStillMay(database: Database, admin: Admin, action: AdminAction): Promise<void> {
  const now = await adminById(admin.id, database);
  if (!now || !can(now.role, action)) throw new DomainError("forbidden");
}
