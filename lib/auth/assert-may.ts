import { type Admin, adminById } from "@/lib/auth/admin";
import type { Actor } from "@/lib/auth/context";
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

/**
 * Refuses an actor who may not do something with a letter's signatures, inside the transaction that does it. Roles are
 * for all letters as yet; whoever asks names the letter all the same.
 * @param _letterId the letter; null where there is none, as of a signature that does not exist
 * @throws DomainError `forbidden`
 */
export async function assertPermitted(
  database: Database,
  actor: Actor,
  action: AdminAction,
  _letterId: string | null,
): Promise<void> {
  const admin = actor.kind === "administrator" ? await adminById(actor.id, database) : null;
  if (!admin || !can(admin.role, action)) throw new DomainError("forbidden");
}
