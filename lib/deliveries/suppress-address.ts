import { writeAudits } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import type { SuppressionReason } from "@/prisma/generated/enums";

/** The flag of a signature whose address does not take mail. */
export const BOUNCED_FLAG = "bounced";

const ACTIONS = { BOUNCED: "signature.bounce", COMPLAINED: "signature.complain" } as const;

/** Whether an address gets no more mail. @param addressHash as the signature has it */
export async function isSuppressed(addressHash: string): Promise<boolean> {
  return (await db.suppression.count({ where: { addressHash } })) > 0;
}

/**
 * Sends no more mail to the address of a signature. One that bounced is flagged on all its signatures, so that
 * moderators see it. Doing it again changes nothing.
 */
export async function suppressAddress(
  tx: Tx,
  signatureId: string,
  reason: SuppressionReason,
  at: Date,
): Promise<void> {
  const signature = await tx.signature.findUnique({
    where: { id: signatureId },
    select: { addressHash: true },
  });
  const addressHash = signature?.addressHash;
  // Erased meanwhile: nothing is left to write to.
  if (!addressHash) return;
  const { count } = await tx.suppression.createMany({
    data: { addressHash, reason, at },
    skipDuplicates: true,
  });
  const marked = reason === "BOUNCED" ? await flagBounced(tx, addressHash) : [];
  const concerned = reason === "COMPLAINED" && count === 1 ? await signaturesOf(tx, addressHash) : marked;
  await writeAudits(
    tx,
    concerned.map(({ id, letterId }) => ({
      at,
      actor: "SYSTEM",
      action: ACTIONS[reason],
      letterId,
      signatureId: id,
    })),
  );
}

type Concerned = { id: string; letterId: string };

const signaturesOf = (tx: Tx, addressHash: string): Promise<Concerned[]> =>
  tx.signature.findMany({ where: { addressHash }, select: { id: true, letterId: true } });

const flagBounced = (tx: Tx, addressHash: string) => tx.$queryRaw<Concerned[]>`
  UPDATE signature SET flags = array_append(flags, ${BOUNCED_FLAG})
  WHERE address_hash = ${addressHash} AND NOT flags @> ARRAY[${BOUNCED_FLAG}]
  RETURNING id::text, letter_id::text AS "letterId"`;
