import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { fillSkeletons } from "@/lib/moderation/flags/fill-skeletons";
import { FLAGS, type Flag } from "@/lib/moderation/flags/flag-codes";
import { decryptFlagged, FLAGGED_COLUMNS } from "@/lib/moderation/flags/flagged";
import { gatherFacts } from "@/lib/moderation/flags/gather-facts";
import type { PublishedIndex } from "@/lib/moderation/flags/published-index";
import { readPublished } from "@/lib/moderation/flags/queries";
import { flagsOf } from "@/lib/moderation/flags/rules";
import { lockSignatures } from "@/lib/signatures/engine/subject";

const BATCH = 100;

/**
 * Decides anew the flags of a letter's signatures that wait or are approved: a list has changed, or a new name is on
 * the letter's. Signatures in small batches; repeating it does no harm.
 * @returns how many signatures have other flags now
 */
export async function recheckFlags({ letterId, now }: { letterId: string; now: Date }): Promise<number> {
  await fillSkeletons(letterId);
  // Not the cached one: no notice reaches the worker.
  const published = await readPublished(db, letterId);
  let changed = 0;
  for (let after: string | undefined; ; ) {
    const ids = await nextIds(letterId, after);
    if (ids.length === 0) return changed;
    changed += await recheckBatch({ letterId, published, now }, ids);
    after = ids.at(-1);
  }
}

async function nextIds(letterId: string, after?: string): Promise<string[]> {
  const rows = await db.signature.findMany({
    where: { letterId, state: { in: ["VERIFIED", "APPROVED"] }, ...(after && { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: BATCH,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

type Recheck = { letterId: string; published: PublishedIndex; now: Date };

async function recheckBatch({ letterId, published, now }: Recheck, ids: string[]): Promise<number> {
  const rows = await db.signature.findMany({ where: { id: { in: ids } }, select: FLAGGED_COLUMNS });
  const signatures = rows.flatMap((row) => decryptFlagged(row) ?? []);
  const facts = await gatherFacts(db, letterId, signatures, published);
  const changes = signatures.flatMap(({ id, flags: before }): FlagChange[] => {
    const known = facts.get(id);
    const codes = known ? flagsOf(known).map(({ code }) => code) : [];
    const same = codes.length === before.length && codes.every((code) => before.includes(code));
    return same ? [] : [{ id, before, after: FLAGS.filter((code) => codes.includes(code)) }];
  });
  return changes.length > 0 ? db.$transaction((tx) => storeChanges(tx, letterId, changes, now)) : 0;
}

type FlagChange = { id: string; before: string[]; after: Flag[] };

/** Stores other flags, except where somebody has marked a signature meanwhile and knew more. @returns how many */
async function storeChanges(tx: Tx, letterId: string, changes: FlagChange[], now: Date): Promise<number> {
  await lockSignatures(
    tx,
    changes.map(({ id }) => id),
  );
  const changed = await tx.$queryRaw<{ id: string; flags: string[] }[]>`
    UPDATE signature g SET flags = v.after
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS v(id uuid, before text[], after text[])
    WHERE g.id = v.id AND g.flags = v.before
    RETURNING g.id, g.flags`;
  const act = { at: now, actor: "SYSTEM", action: "signature.flag", letterId } as const;
  for (const { id: signatureId, flags } of changed)
    await writeAudit(tx, { ...act, signatureId, details: { flags } });
  return changed.length;
}
