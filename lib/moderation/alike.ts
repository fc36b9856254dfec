import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { inTheirLetters } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { networkCodeOf } from "@/lib/moderation/filters/matching";
import { Prisma } from "@/prisma/generated/client";

/** What a signature has in common with others of its letter that could be invalidated together with it. */
export type Alike = {
  letterId: string;
  /** The network that it was submitted from; null where nobody knows it or its hash was erased. */
  network: { code: string; others: number } | null;
  domain: { domain: string; others: number };
};

type Row = {
  letterId: string;
  code: string | null;
  networkOthers: number;
  domainOthers: number;
  address: string;
  wrapped: string;
};

/**
 * Counts the living signatures of the same letter from the same network and from the same mail domain.
 * @returns null where there is no such signature or its person was erased
 * @throws DomainError `forbidden`
 */
export async function alike(admin: Admin, signatureId: string): Promise<Alike | null> {
  assertMaySomewhere(admin, "signature.read");
  const others = (column: Prisma.Sql) => Prisma.sql`(
    SELECT count(*)::int FROM signature o
    WHERE o.letter_id = g.letter_id AND o.${column} = g.${column} AND o.id <> g.id
      AND o.state IN ('PENDING', 'VERIFIED', 'APPROVED', 'REJECTED'))`;
  const [row] = await db.$queryRaw<Row[]>`
    SELECT g.letter_id AS "letterId", ${networkCodeOf(Prisma.sql`g.network_hash`)} AS code,
      ${others(Prisma.raw("network_hash"))} AS "networkOthers", ${others(Prisma.raw("domain_hash"))} AS "domainOthers",
      g.address, k.wrapped
    FROM signature g JOIN signature_key k ON k.signature_id = g.id
    WHERE g.id = ${signatureId}::uuid AND g.address IS NOT NULL
      AND ${inTheirLetters(admin, Prisma.sql`g.letter_id`)}`;
  if (!row) return null;
  const { letterId, code, address, wrapped } = row;
  const email = decrypt(decryptDataKey(signatureId, wrapped), "signature.address", address);
  return {
    letterId,
    network: code ? { code, others: row.networkOthers } : null,
    domain: { domain: mailDomain(email), others: row.domainOthers },
  };
}
