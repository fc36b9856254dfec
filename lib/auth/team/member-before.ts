import { decryptAdminAddress } from "@/lib/auth/admin";
import { isConfiguredAdmin } from "@/lib/auth/is-admin";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { AdminRole } from "@/prisma/generated/enums";

/** What somebody may do, and for which letters; null for all. */
export type Before = { role: AdminRole; letters: string[] | null };

/**
 * A granted administrator whom an owner is about to change.
 * @throws DomainError `not-found`; `forbidden` for one whom the configuration names: it would have the last word
 */
export async function memberBefore(tx: Tx, id: string): Promise<Before> {
  const row = await tx.admin.findUnique({
    where: { id, granted: true },
    select: { address: true, role: true, allLetters: true, letters: { select: { letterId: true } } },
  });
  if (!row) throw new DomainError("not-found");
  if (isConfiguredAdmin(decryptAdminAddress(row.address))) throw new DomainError("forbidden");
  return { role: row.role, letters: row.allLetters ? null : row.letters.map(({ letterId }) => letterId) };
}
