import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { FLAGS, type Flag } from "@/lib/moderation/flags/flag-codes";
import { decryptFlagged, FLAGGED_COLUMNS } from "@/lib/moderation/flags/flagged";
import { gatherFacts } from "@/lib/moderation/flags/gather-facts";
import { flagsOf } from "@/lib/moderation/flags/rules";
import { keepWaitingNames } from "@/lib/moderation/flags/waiting-names";
import { lockSignatures } from "@/lib/signatures/engine/subject";

const BATCH = 100;

/**
 * Decides anew the flags of a letter's signatures that wait or are approved: a watchlist has changed. Signatures in small
 * batches; repeating it does no harm.
 * @returns how many signatures have other flags now
 */
export async function recheckFlags({ letterId, now }: { letterId: string; now: Date }): Promise<number> {
  let changed = 0;
  for (let after: string | undefined; ; ) {
    const ids = await nextIds(letterId, after);
    if (ids.length === 0) return changed;
    changed += await recheckBatch(letterId, ids, now);
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

/**
 * The same for those that wait and may look like names that came to the list, changed or went, or changed themselves.
 * @param near the numbers of these names, as `numbersNear` makes them
 * @param ids of those that changed themselves
 */
export async function recheckNear(
  letterId: string,
  { near, ids }: { near: number[]; ids: string[] },
  now: Date,
): Promise<number> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM signature
    WHERE state = 'VERIFIED' AND letter_id = ${letterId}::uuid AND (near_keys && ${near}::int[] OR id = ANY(${ids}::uuid[]))`;
  let changed = 0;
  for (let at = 0; at < rows.length; at += BATCH)
    changed += await recheckBatch(
      letterId,
      rows.slice(at, at + BATCH).map(({ id }) => id),
      now,
    );
  return changed;
}

/**
 * Looks at waiting signatures that the last version, or an undone action, left without the numbers of their
 * names.
 * @returns how many
 */
export async function recheckUnkept(now: Date): Promise<number> {
  const rows = await db.$queryRaw<{ id: string; letterId: string }[]>`
    SELECT g.id, g.letter_id AS "letterId" FROM signature g JOIN signature_key k ON k.signature_id = g.id
    WHERE g.state = 'VERIFIED' AND g.near_keys IS NULL LIMIT ${BATCH}`;
  for (const [letterId, ofLetter] of Map.groupBy(rows, (row) => row.letterId))
    await recheckBatch(
      letterId,
      ofLetter.map(({ id }) => id),
      now,
    );
  return rows.length;
}

async function recheckBatch(letterId: string, ids: string[], now: Date): Promise<number> {
  const rows = await db.signature.findMany({ where: { id: { in: ids } }, select: FLAGGED_COLUMNS });
  const signatures = rows.flatMap((row) => decryptFlagged(row) ?? []);
  const facts = await gatherFacts(db, letterId, signatures);
  const changes = signatures.flatMap(({ id, flags: before }): FlagChange[] => {
    const known = facts.get(id);
    const codes = known ? flagsOf(known).map(({ code }) => code) : [];
    const same = codes.length === before.length && codes.every((code) => before.includes(code));
    return same ? [] : [{ id, before, after: FLAGS.filter((code) => codes.includes(code)) }];
  });
  return db.$transaction(async (tx) => {
    await lockSignatures(tx, ids);
    await keepWaitingNames(tx, signatures);
    return changes.length > 0 ? storeChanges(tx, letterId, changes, now) : 0;
  });
}

type FlagChange = { id: string; before: string[]; after: Flag[] };

/** Stores other flags, except where somebody has marked a signature meanwhile and knew more. @returns how many */
async function storeChanges(tx: Tx, letterId: string, changes: FlagChange[], now: Date): Promise<number> {
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
