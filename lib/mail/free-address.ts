import { type AuditLine, writeAudits } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db/client";
import { BOUNCED_FLAG, lockSpellings } from "@/lib/mail/suppress-address";

/**
 * Lets spellings of an address have mail again: they are suppressed no longer, their signatures lose the flag of a bounce,
 * and each one's history says so.
 * @returns false where none of them was suppressed
 */
export async function freeAddress(
  tx: Tx,
  spellings: string[],
  who: Pick<AuditLine, "at" | "actor" | "adminId">,
): Promise<boolean> {
  await lockSpellings(tx, spellings);
  const { count } = await tx.suppression.deleteMany({ where: { spellingHash: { in: spellings } } });
  if (count === 0) return false;
  await tx.$executeRaw`
    UPDATE signature SET flags = array_remove(flags, ${BOUNCED_FLAG})
    WHERE spelling_hash = ANY(${spellings}::text[]) AND flags @> ARRAY[${BOUNCED_FLAG}]`;
  const concerned = await tx.signature.findMany({
    where: { spellingHash: { in: spellings } },
    select: { id: true, letterId: true },
  });
  const lines = concerned.map(({ id, letterId }) => ({ letterId, signatureId: id }));
  // Also an address that has no signature left leaves a trace.
  await writeAudits(
    tx,
    (lines.length > 0 ? lines : [{}]).map((line) => ({ ...who, action: "mail.allow", ...line })),
  );
  return true;
}
