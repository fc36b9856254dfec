import { auditBatch, type BulkLine } from "@/lib/bulk/audit-batch";
import { finishAct } from "@/lib/bulk/finish-act";
import { type Before, type HeldSignature, type LockedAct, lockNext } from "@/lib/bulk/held-signatures";
import { BATCH, invalidationOf } from "@/lib/bulk/rules";
import { openReason } from "@/lib/bulk/sealed-reason";
import {
  type ItemOutcome,
  type NewStanding,
  storeItems,
  storeQuarantines,
  storeStandings,
} from "@/lib/bulk/store-batch";
import type { Tx } from "@/lib/db/client";
import { noteHidden } from "@/lib/erasure/note-hidden";
import { isShown } from "@/lib/moderation/rules";
import { standingColumns } from "@/lib/moderation/standing-columns";
import { readSubjects, type Subject } from "@/lib/moderation/subject";
import { countChanges } from "@/lib/tally/count-changes";
import { seal } from "@/lib/vault/seal";
import type { SignatureState } from "@/prisma/generated/enums";

type Rejected = { held: HeldSignature; before: Subject; after: Subject };

/**
 * Invalidates the next signatures of an act: rejects what was verified or approved, with the counts, the list and the
 * audit log, and sets apart what was not verified. Nobody gets a mail.
 * @param act locked by this transaction and running
 * @returns whether more may be left
 */
export async function invalidateBatch(tx: Tx, act: LockedAct, now: Date): Promise<boolean> {
  const held = await lockNext(tx, act.id, "WAITING", BATCH);
  const reason = openReason(act.id, act.reason);
  const rejected = await toReject(tx, held);
  const apart = held.filter((one) => invalidationOf(one, one.itemRevision).kind === "setApart");
  await storeStandings(
    tx,
    rejected.map((one) => newStanding(one, reason, now)),
  );
  await storeQuarantines(
    tx,
    apart.map(({ id }) => ({ id, quarantine: "INVALIDATED" })),
  );
  if (rejected.some(({ before }) => isShown(before))) await noteHidden(tx);
  await countChanges(tx, { id: act.letterId, slug: act.slug }, rejected, now);
  const lines = [...rejected.map((one) => rejectionLine(one, reason)), ...apart.map(apartLine)];
  await auditBatch(tx, { act, adminId: act.adminId, now }, lines);
  await storeItems(tx, act.id, outcomes(held, rejected, apart));
  if (held.length < BATCH) await finishAct(tx, act, now);
  return held.length === BATCH;
}

async function toReject(tx: Tx, held: HeldSignature[]): Promise<Rejected[]> {
  const states = new Map<string, SignatureState>();
  for (const one of held) {
    const invalidation = invalidationOf(one, one.itemRevision);
    if (invalidation.kind === "reject") states.set(one.id, invalidation.state);
  }
  const subjects = new Map(
    (await readSubjects(tx, [...states.keys()])).map((subject) => [subject.id, subject]),
  );
  return held.flatMap((one) => {
    const [before, state] = [subjects.get(one.id), states.get(one.id)];
    return before && state ? [{ held: one, before, after: { ...before, state } }] : [];
  });
}

function newStanding({ held, before, after }: Rejected, reason: string, now: Date): NewStanding {
  const { signature, signatory } = standingColumns(before, after, reason, now);
  const { expert: _, ...shown } = signatory;
  const sealed = seal(after.key, "signature.reason", reason);
  const { id, revision } = held;
  return {
    id,
    signatoryId: before.signatoryId,
    revision,
    ...signature,
    decidedAt: now,
    reason: sealed,
    shown,
  };
}

function rejectionLine({ held, after }: Rejected, reason: string): BulkLine {
  const { quarantine } = held;
  return {
    action: "signature.invalidate",
    signatureId: held.id,
    before: { state: held.state, quarantine },
    after: { state: after.state, quarantine },
    sealed: seal(after.key, "audit.sealed", JSON.stringify({ before: {}, after: { reason } })),
  };
}

function apartLine({ id, state, quarantine }: HeldSignature): BulkLine {
  const after = { state, quarantine: "INVALIDATED" as const };
  return { action: "signature.set-apart", signatureId: id, before: { state, quarantine }, after };
}

function outcomes(held: HeldSignature[], rejected: Rejected[], apart: HeldSignature[]): ItemOutcome[] {
  const left = new Map([
    ...rejected.map(({ held: { id, revision } }): [string, number] => [id, revision + 1]),
    ...apart.map(({ id, revision }): [string, number] => [id, revision]),
  ]);
  return held.map((one) => {
    const revision = left.get(one.id);
    return revision === undefined
      ? { id: one.id, state: "SKIPPED", revision: one.itemRevision, before: null }
      : { id: one.id, state: "DONE", revision, before: beforeOf(one) };
  });
}

function beforeOf({ state, quarantine, decidedAt, publishedAt }: HeldSignature): Before {
  const time = (at: Date | null) => at?.toISOString() ?? null;
  return { state, quarantine, decidedAt: time(decidedAt), publishedAt: time(publishedAt) };
}
