import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { flagSignature } from "@/lib/flags/flag-signature";
import { claimOf } from "@/lib/signatures/claim";
import { statesBefore } from "@/lib/signatures/rules";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import { hashToken } from "@/lib/vault/tokens";
import { Prisma } from "@/prisma/generated/client";

/** The token of a mailed link and the number of the content that its page showed. */
export type Confirmation = { token: string; revision: number; now: Date };

/**
 * Confirms the one pending signature that a link was mailed for, once, and notes what moderators should notice about it.
 * It takes the place that its mailbox has on the letter; the database decides between two of them. Also after the letter
 * has closed: it was signed in time.
 * @throws DomainError `not-found` for a token that is unknown, used or expired; `conflict` where the page showed another
 * content, or somebody else was faster; `already-signed` where another signature of the mailbox holds its place
 */
export async function confirmSignature(confirmation: Confirmation): Promise<void> {
  try {
    await db.$transaction((tx) => confirm(tx, confirmation));
  } catch (error) {
    // The claim is the only unique key that confirming sets.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      throw new DomainError("already-signed");
    throw error;
  }
}

async function confirm(tx: Tx, { token, revision, now }: Confirmation): Promise<void> {
  const signatureId = await spendToken(tx, token, now);
  const claim = await claimWanted(tx, signatureId);
  // Looked at before the key decides, so that a refusal is no error in the database's log.
  if (claim && (await tx.signature.count({ where: { claim } })) > 0) throw new DomainError("already-signed");
  const { count } = await tx.signature.updateMany({
    where: { id: signatureId, state: { in: statesBefore("verify") }, revision },
    data: { state: "VERIFIED", verifiedAt: now, claim, contentDigest: null },
  });
  // The transaction rolls back: the token stays good.
  if (count === 0) throw new DomainError("conflict");
  // Earlier links of the same signature have done their work too.
  await tx.signatureToken.updateMany({ where: { signatureId, usedAt: null }, data: { usedAt: now } });
  const flags = await flagSignature(tx, signatureId);
  const details = { revision, flags };
  await writeAudit(tx, { at: now, actor: "SIGNATORY", action: "signature.verify", signatureId, details });
}

async function spendToken(tx: Tx, token: string, now: Date): Promise<string> {
  const [used] = await tx.signatureToken.updateManyAndReturn({
    where: { hash: hashToken(token), purpose: "CONFIRM", usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { signatureId: true },
  });
  if (!used) throw new DomainError("not-found");
  return used.signatureId;
}

/** The place that a pending signature takes; null where it waits no longer. */
async function claimWanted(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.signature.findUnique({
    where: { id, state: "PENDING" },
    select: {
      letterId: true,
      address: true,
      key: { select: { wrapped: true } },
      signatory: { select: { kind: true, typed: true } },
    },
  });
  if (!row?.key || !row.address || !row.signatory.typed) return null;
  const key = openDataKey(id, row.key.wrapped);
  const email = open(key, "signature.address", row.address);
  const { name } = openSignatory(key, { typed: row.signatory.typed, corrected: null });
  return claimOf(row.letterId, email, row.signatory.kind, name);
}
