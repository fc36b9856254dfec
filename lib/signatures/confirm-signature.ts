import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { flagSignature } from "@/lib/flags/flag-signature";
import { statesBefore } from "@/lib/signatures/rules";
import { hashToken } from "@/lib/vault/tokens";

/** The token of a mailed link and the number of the content that its page showed. */
export type Confirmation = { token: string; revision: number; now: Date };

/**
 * Confirms a pending signature from its own mailbox, once, and notes what moderators should notice about it. Also after
 * the letter has closed: it was signed in time.
 * @throws DomainError `not-found` for a token that is unknown, used or expired; `conflict` where the page showed an
 * older content, or somebody else was faster
 */
export async function confirmSignature({ token, revision, now }: Confirmation): Promise<void> {
  await db.$transaction(async (tx) => {
    const signatureId = await useToken(tx, token, now);
    const { count } = await tx.signature.updateMany({
      where: { id: signatureId, state: { in: statesBefore("verify") }, revision },
      data: { state: "VERIFIED", verifiedAt: now },
    });
    // The transaction rolls back: a token whose content has changed stays good for the newer one.
    if (count === 0) throw new DomainError("conflict");
    // Earlier links of the same signature have done their work too.
    await tx.signatureToken.updateMany({ where: { signatureId, usedAt: null }, data: { usedAt: now } });
    const flags = await flagSignature(tx, signatureId);
    const details = { revision, flags };
    await writeAudit(tx, { at: now, actor: "SIGNATORY", action: "signature.verify", signatureId, details });
  });
}

async function useToken(tx: Tx, token: string, now: Date): Promise<string> {
  const [used] = await tx.signatureToken.updateManyAndReturn({
    where: { hash: hashToken(token), purpose: "CONFIRM", usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { signatureId: true },
  });
  if (!used) throw new DomainError("not-found");
  return used.signatureId;
}
