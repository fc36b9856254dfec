import { type Admin, adminById } from "@/lib/auth/admin";
import type { Actor } from "@/lib/auth/context";
import { type AdminAction, canDo, canSomewhere, type LETTER_PERMISSIONS } from "@/lib/auth/permissions";
import type { Database } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/**
 * Refuses one who may not do something to a letter, or to the site: the first line of everything that only shows.
 * @param letterId the letter; without one, nobody may who is limited to some letters
 * @throws DomainError `forbidden`
 */
export function assertMay(admin: Admin, action: AdminAction, letterId?: string | null): void {
  if (!canDo(admin, action, letterId)) throw new DomainError("forbidden");
}

/** The same for what then shows only the letters that it is allowed for: see `lettersOf`. @throws DomainError `forbidden` */
export function assertMaySomewhere(admin: Admin, action: keyof typeof LETTER_PERMISSIONS): void {
  if (!canSomewhere(admin, action)) throw new DomainError("forbidden");
}

/**
 * The same for everything that changes something, inside its transaction: also refuses one whose right or role was
 * taken away since the request began.
 * @throws DomainError `forbidden`
 */
export async function assertStillMay(
  database: Database,
  admin: Admin,
  action: AdminAction,
  letterId?: string | null,
): Promise<void> {
  const now = await adminById(admin.id, database);
  if (!now || !canDo(now, action, letterId)) throw new DomainError("forbidden");
}

/**
 * Refuses an actor who may not do something to a letter, inside the transaction that does it.
 * @param letterId the letter; null for the site, and for what does not exist: only those who may for all letters learn that
 * @throws DomainError `forbidden`
 */
export async function assertPermitted(
  database: Database,
  actor: Actor,
  action: AdminAction,
  letterId: string | null,
): Promise<void> {
  const admin = actor.kind === "administrator" ? await adminById(actor.id, database) : null;
  if (!admin || !canDo(admin, action, letterId)) throw new DomainError("forbidden");
}
