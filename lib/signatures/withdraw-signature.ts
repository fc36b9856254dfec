import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { CountedStanding } from "@/lib/moderation/rules";
import { erasePerson } from "@/lib/signatures/erase-person";
import { statesBefore } from "@/lib/signatures/rules";
import { countryOf } from "@/lib/signatures/sealed-origin";
import { countChanges } from "@/lib/tally/count-changes";
import type { ActorKind } from "@/prisma/generated/enums";

const SELECT = {
  letterId: true,
  state: true,
  visibility: true,
  revision: true,
  letter: { select: { slug: true } },
  key: { select: { wrapped: true } },
  signatory: { select: { kind: true, country: true, sealedCountry: true, expert: true } },
} as const;

/** Who withdraws, and by which verb the audit log calls it. */
export type Withdrawal = { actor: ActorKind; action: string; now: Date };

/**
 * Withdraws one signature: it no longer counts, and the person is erased.
 * @throws DomainError `conflict` where it cannot be withdrawn any more, or was changed at the same moment
 */
export async function withdrawSignature(tx: Tx, id: string, withdrawal: Withdrawal): Promise<void> {
  const row = await tx.signature.findUnique({ where: { id }, select: SELECT });
  if (!row || !statesBefore("withdraw").includes(row.state)) throw new DomainError("conflict");
  const { revision, letter, key, signatory, ...rest } = row;
  const { kind, expert } = signatory;
  const before: CountedStanding = { ...rest, kind, expert, country: countryOf(id, key, signatory) };
  const { count } = await tx.signature.updateMany({
    where: { id, revision, state: before.state },
    data: { state: "WITHDRAWN", publishedAt: null },
  });
  if (count === 0) throw new DomainError("conflict");
  await erasePerson(tx, id);
  const { actor, action, now } = withdrawal;
  const change = { before, after: { ...before, state: "WITHDRAWN" as const } };
  await countChanges(tx, { id: before.letterId, slug: letter.slug }, [change], now);
  const { letterId } = before;
  const details = { before: { state: before.state } };
  await writeAudit(tx, { at: now, actor, action, letterId, signatureId: id, details });
}
