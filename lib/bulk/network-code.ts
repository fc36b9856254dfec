import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { networkCodeOf } from "@/lib/bulk/matching";
import { db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/**
 * The code of the network that a signature was submitted from.
 * @returns null where nobody knows the network, or its hash was erased
 * @throws DomainError `forbidden`
 */
export async function networkCode(admin: Admin, signatureId: string): Promise<string | null> {
  assertMay(admin, "signature.read");
  const [row] = await db.$queryRaw<{ code: string | null }[]>`
    SELECT ${networkCodeOf(Prisma.sql`network_hash`)} AS code FROM signature WHERE id = ${signatureId}::uuid`;
  return row?.code ?? null;
}
