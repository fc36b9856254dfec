import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { CountedStanding } from "@/lib/moderation/rules";
import { addressHash } from "@/lib/signatures/claim";
import { erasePerson } from "@/lib/signatures/erase-person";
import { statesBefore } from "@/lib/signatures/rules";
import { countChanges } from "@/lib/tally/count-changes";
import type { Prisma } from "@/prisma/generated/client";

const SELECT = {
  id: true,
  letterId: true,
  state: true,
  visibility: true,
  revision: true,
  letter: { select: { slug: true } },
  signatory: { select: { kind: true, country: true, expert: true } },
} as const;

/**
 * Withdraws every signature that was given from a mailbox: they no longer count, and the person is erased. For an
 * operator who was asked to from that mailbox.
 * @param email any spelling of the mailbox's address
 * @returns how many were withdrawn
 * @throws DomainError `conflict` where a moderator acted on one at the same moment; asking again goes on
 */
export async function withdrawSignatures({ email, now }: { email: string; now: Date }): Promise<number> {
  const where = { addressHash: addressHash(email), state: { in: statesBefore("withdraw") } };
  const found = await db.signature.findMany({ where, select: SELECT });
  for (const signature of found) await db.$transaction((tx) => withdraw(tx, signature, now));
  return found.length;
}

type Row = Prisma.SignatureGetPayload<{ select: typeof SELECT }>;

async function withdraw(tx: Tx, row: Row, now: Date): Promise<void> {
  const { id, revision, letter, signatory, ...rest } = row;
  const before: CountedStanding = { ...rest, ...signatory };
  const { count } = await tx.signature.updateMany({
    where: { id, revision, state: before.state },
    data: { state: "WITHDRAWN", publishedAt: null },
  });
  if (count === 0) throw new DomainError("conflict");
  await erasePerson(tx, id);
  const change = { before, after: { ...before, state: "WITHDRAWN" as const } };
  await countChanges(tx, { id: before.letterId, slug: letter.slug }, [change], now);
  const { letterId } = before;
  const details = { before: { state: before.state } };
  await writeAudit(tx, {
    at: now,
    actor: "SIGNATORY",
    action: "signature.withdraw",
    letterId,
    signatureId: id,
    details,
  });
}
