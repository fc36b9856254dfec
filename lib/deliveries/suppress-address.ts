import { writeAudits } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import type { SuppressionReason } from "@/prisma/generated/enums";

/** The flag of a signature whose address does not take mail. */
export const BOUNCED_FLAG = "bounced";

const ACTIONS = { BOUNCED: "signature.bounce", COMPLAINED: "signature.complain" } as const;

/** Why an address gets no mail, and since when; null where it does. @param addressHash as the signature has it */
export function suppressionOf(addressHash: string): Promise<{ reason: SuppressionReason; at: Date } | null> {
  return db.suppression.findUnique({ where: { addressHash }, select: { reason: true, at: true } });
}

/**
 * Sends no more mail to the address of a signature, until that is over (`suppressionEnds`) or an administrator allows
 * it. One that bounced is flagged on all its signatures, also those still to come, so that moderators see it: a bounce
 * after a complaint counts as a bounce. Doing it again flags nothing twice.
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
  const count = await suppress(tx, addressHash, reason, at);
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

/** @returns 1 where it is new or has become a bounce */
const suppress = (tx: Tx, addressHash: string, reason: SuppressionReason, at: Date) => tx.$executeRaw`
  INSERT INTO suppression AS s (address_hash, reason, at) VALUES (${addressHash}, ${reason}::"SuppressionReason", ${at})
  ON CONFLICT (address_hash) DO UPDATE SET reason = EXCLUDED.reason, at = EXCLUDED.at
  WHERE EXCLUDED.reason = 'BOUNCED'`;

type Concerned = { id: string; letterId: string };

const signaturesOf = (tx: Tx, addressHash: string): Promise<Concerned[]> =>
  tx.signature.findMany({ where: { addressHash }, select: { id: true, letterId: true } });

const flagBounced = (tx: Tx, addressHash: string) => tx.$queryRaw<Concerned[]>`
  UPDATE signature SET flags = array_append(flags, ${BOUNCED_FLAG})
  WHERE address_hash = ${addressHash} AND NOT flags @> ARRAY[${BOUNCED_FLAG}]
  RETURNING id::text, letter_id::text AS "letterId"`;
