import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { AdminRole } from "@/prisma/generated/enums";

/**
 * Keeps for which letters somebody's role is; an owner's is for all.
 * @param letters ids; null for all
 * @returns what the audit log says of it: how many, or all
 * @throws DomainError `not-found` where there is no such letter, or none is named
 */
export async function storeReach(
  tx: Tx,
  adminId: string,
  role: AdminRole,
  letters: string[] | null,
): Promise<number | "all"> {
  await tx.adminLetter.deleteMany({ where: { adminId } });
  const allLetters = letters === null || role === "OWNER";
  await tx.admin.update({ where: { id: adminId }, data: { allLetters }, select: { id: true } });
  if (allLetters) return "all";
  const known = await tx.letter.findMany({ where: { id: { in: letters } }, select: { id: true } });
  if (known.length === 0 || known.length !== new Set(letters).size) throw new DomainError("not-found");
  await tx.adminLetter.createMany({ data: known.map(({ id }) => ({ adminId, letterId: id })) });
  return known.length;
}
