import { type AuditLine, writeAudits } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db/client";
import { BOUNCED_FLAG } from "@/lib/deliveries/suppress-address";

/**
 * Lets an address have mail again: it is suppressed no longer, its signatures lose the flag of a bounce, and each one's
 * history says so.
 * @param addressHash as the signatures have it
 * @param who acts and when
 * @returns false where the address was not suppressed
 */
export async function freeAddress(
  tx: Tx,
  addressHash: string,
  who: Pick<AuditLine, "at" | "actor" | "adminId">,
): Promise<boolean> {
  const { count } = await tx.suppression.deleteMany({ where: { addressHash } });
  if (count === 0) return false;
  await tx.$executeRaw`
    UPDATE signature SET flags = array_remove(flags, ${BOUNCED_FLAG})
    WHERE address_hash = ${addressHash} AND flags @> ARRAY[${BOUNCED_FLAG}]`;
  const concerned = await tx.signature.findMany({
    where: { addressHash },
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
