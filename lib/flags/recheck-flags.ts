import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { fillSkeletons } from "@/lib/flags/fill-skeletons";
import { FLAGS } from "@/lib/flags/flag-codes";
import { FLAGGED_COLUMNS, openFlagged } from "@/lib/flags/flagged";
import { gatherFacts } from "@/lib/flags/gather-facts";
import type { PublishedIndex } from "@/lib/flags/published-index";
import { readPublished } from "@/lib/flags/queries";
import { flagsOf } from "@/lib/flags/rules";

const BATCH = 200;

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
    changed += await db.$transaction((tx) => recheckBatch(tx, { letterId, published, now }, ids));
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

async function recheckBatch(tx: Tx, { letterId, published, now }: Recheck, ids: string[]): Promise<number> {
  const rows = await tx.signature.findMany({ where: { id: { in: ids } }, select: FLAGGED_COLUMNS });
  const signatures = rows.flatMap((row) => openFlagged(row) ?? []);
  const facts = await gatherFacts(tx, letterId, signatures, published);
  let changed = 0;
  for (const { id, flags: before } of signatures) {
    const known = facts.get(id);
    const after = known ? flagsOf(known).map(({ code }) => code) : [];
    if (after.length === before.length && after.every((code) => before.includes(code))) continue;
    // Whoever has marked it meanwhile knew more.
    const { count } = await tx.signature.updateMany({
      where: { id, flags: { equals: before } },
      data: { flags: FLAGS.filter((code) => after.includes(code)) },
    });
    if (count === 0) continue;
    changed++;
    const details = { flags: after };
    await writeAudit(tx, {
      at: now,
      actor: "SYSTEM",
      action: "signature.flag",
      letterId,
      signatureId: id,
      details,
    });
  }
  return changed;
}
