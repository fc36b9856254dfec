import type { Context } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { enqueueRecheck } from "@/lib/jobs/queue";
import { decryptReason } from "@/lib/moderation/bulk/encrypted";
import { BATCH, type KeptReason, type Left, nextBulkState, operate, undo } from "@/lib/moderation/bulk/rules";
import { textProperty } from "@/lib/property";
import { applyChanges } from "@/lib/signatures/engine/apply-changes";
import type { Change, Refusal } from "@/lib/signatures/engine/change";
import { revisionAfter } from "@/lib/signatures/engine/rules";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import type { BulkAction, BulkItemState, BulkOperation } from "@/prisma/generated/client";

/**
 * Does the next batch of a bulk action, or of undoing it, in one transaction: whatever dies on the way, each signature is
 * changed once or not at all, and calling again goes on. Batches follow one another, however many workers there are.
 * @returns whether more is left to do
 */
export async function workOnBatch({
  bulkActionId,
  now,
}: {
  bulkActionId: string;
  now: Date;
}): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM bulk_action WHERE id = ${bulkActionId}::uuid FOR UPDATE`;
    const act = await tx.bulkAction.findUnique({ where: { id: bulkActionId } });
    if (act?.state === "RUNNING") return workOn(tx, act, FORWARD, now);
    if (act?.state === "UNDOING") return workOn(tx, act, BACKWARD, now);
    return false;
  });
}

/** A direction of work: which items are next, what becomes of a signature, and how its item ends. */
type Direction = {
  from: BulkItemState;
  done: BulkItemState;
  left: BulkItemState;
  change: (act: BulkAction, subject: Subject, item: Item) => Omit<Change, "subject" | "details"> | null;
  by: (act: BulkAction) => string | null;
};

const FORWARD: Direction = {
  from: "WAITING",
  done: "DONE",
  left: "SKIPPED",
  change: (act, subject, { revision }) => {
    const after = operate(act.operation, subject, revision);
    if (!after || (after.state && subject.erased)) return null;
    const reason = after.state && act.reason ? decryptReason(act.id, act.reason) : undefined;
    return { action: after.state ? "signature.invalidate" : HOLD_ACTIONS[act.operation], after, reason };
  },
  by: ({ adminId }) => adminId,
};

const HOLD_ACTIONS: Record<BulkOperation, string> = {
  REJECT: "signature.set-apart",
  HOLD: "signature.set-apart",
  RELEASE: "signature.bulk-release",
};

const BACKWARD: Direction = {
  from: "DONE",
  done: "UNDONE",
  left: "KEPT",
  change: ({ operation }, subject, { before, revision }) => {
    const after = before && undo(operation, subject, { ...before, revision });
    if (!after || (after.state && subject.erased)) return null;
    const time = (at: string | null) => (at ? new Date(at) : null);
    const { decidedAt, publishedAt } = before;
    const times = after.state && { decidedAt: time(decidedAt), publishedAt: time(publishedAt) };
    return { action: "signature.reinstate", after, times };
  },
  by: ({ undoneById }) => undoneById,
};

/** How a signature was before the action; what the action changes, and nothing personal. */
type Before = Pick<Left, "state" | "hold"> & {
  decidedAt: string | null;
  publishedAt: string | null;
  /** Why undoing left it as it is. */
  kept?: KeptReason;
};

/** An item with the revision at which its signature was chosen or, after the action, left. */
type Item = { id: string; revision: number; before: Before | null };

async function workOn(tx: Tx, act: BulkAction, way: Direction, now: Date): Promise<boolean> {
  const items = await tx.$queryRaw<Item[]>`
    SELECT signature_id AS id, revision, before FROM bulk_item
    WHERE bulk_action_id = ${act.id}::uuid AND state = ${way.from}::"BulkItemState" ORDER BY signature_id LIMIT ${BATCH}`;
  const subjects = await lockSubjects(
    tx,
    items.map(({ id }) => id),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  const changes = subjects.flatMap((subject): Change[] => {
    const item = byId.get(subject.id);
    const change = item && way.change(act, subject, item);
    return change ? [{ ...change, subject, details: { bulkAction: act.id } }] : [];
  });
  const context: Context = { actor: { kind: "administrator", id: way.by(act) ?? act.adminId }, now };
  const refused = await applyChanges(tx, changes, context);
  const done = new Map(changes.map(({ subject }) => [subject.id, subject]));
  for (const id of refused.keys()) done.delete(id);
  await storeItems(
    tx,
    act.id,
    items.map((item) => outcome(way, item, done.get(item.id), refused.get(item.id))),
  );
  if (items.length < BATCH) await finish(tx, act, now);
  return items.length === BATCH;
}

type Outcome = Item & { state: BulkItemState };

function outcome(way: Direction, item: Item, changed?: Subject, refusal?: Refusal): Outcome {
  const { before } = item;
  if (!changed) {
    const kept: KeptReason = refusal === "already-listed" ? "listed-elsewhere" : "moved-on";
    return { ...item, state: way.left, before: before && { ...before, kept } };
  }
  // Undoing needs what was before; of what is undone it stays as it is.
  if (before) return { ...item, state: way.done };
  const time = (at: Date | null) => at?.toISOString() ?? null;
  const { state, hold, decidedAt, publishedAt } = changed;
  const times = { decidedAt: time(decidedAt), publishedAt: time(publishedAt) };
  const revision = revisionAfter(changed, true);
  return { ...item, state: way.done, revision, before: { state, hold, ...times } };
}

async function storeItems(tx: Tx, bulkActionId: string, items: Outcome[]): Promise<void> {
  if (items.length === 0) return;
  await tx.$executeRaw`
    UPDATE bulk_item i SET state = v.state, revision = v.revision, before = v.before
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      AS v(id uuid, state "BulkItemState", revision int, before jsonb)
    WHERE i.bulk_action_id = ${bulkActionId}::uuid AND i.signature_id = v.id`;
}

async function finish(tx: Tx, act: BulkAction, now: Date): Promise<void> {
  const state = nextBulkState(act.state, "finish");
  if (!state) return;
  const times = state === "UNDONE" ? { undoneAt: now } : { doneAt: now };
  await tx.bulkAction.update({ where: { id: act.id }, data: { state, ...times }, select: { id: true } });
  if (state === "UNDONE") await recheckBlocks(tx, act);
}

const DAY_MS = 86_400_000;

/**
 * What an action had taken out, changes of the blocklist passed over: now that it is back, new rules are applied, and what
 * rules that are gone held is released. A rule's own recheck may have come late, so those of the day before count too.
 */
async function recheckBlocks(tx: Tx, { createdAt }: BulkAction): Promise<void> {
  const changes = await tx.auditEntry.findMany({
    where: {
      action: { in: ["block.add", "block.remove"] },
      at: { gte: new Date(createdAt.getTime() - DAY_MS) },
    },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { details: true },
  });
  const ids = changes.flatMap(({ details }) => textProperty(details, "rule") ?? []);
  for (const ruleId of new Set(ids)) await enqueueRecheck(tx, { what: "block", ruleId });
}
